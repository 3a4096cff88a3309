package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words in which kernels, kubelets, drivers and libraries say that a machine is in trouble. */
final class HostTrouble implements Mentions.Vocabulary {
  private static final List<String> TEXTS =
      List.of(Fields.MESSAGE, Fields.ERROR_MESSAGE, Fields.STACK_TRACE);

  /**
   * A kind of trouble.
   *
   * @param phrases find the lines on the server
   * @param confirms reads them again, in lower case
   */
  private record Kind(String name, List<String> phrases, Pattern confirms) {
    Kind(String name, String confirms, String... phrases) {
      this(name, List.of(phrases), Pattern.compile(confirms));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "the GPU's hardware",
              "nvrm: xid|xid \\(pci|fallen off the bus|gpu is lost|uncorrectable ecc|eccuncorrectable"
                  + "|double.bit ecc|row.remap|unable to determine the device handle"
                  + "|nvlink.{0,40}(error|down|fail)|gsp.{0,20}timeout",
              "NVRM: Xid",
              "Xid",
              "fallen off the bus",
              "GPU is lost",
              "uncorrectable ECC error",
              "CUDA_ERROR_ECC_UNCORRECTABLE",
              "cudaErrorECCUncorrectable",
              "double bit ECC",
              "Double-bit ECC",
              "row remapping failure",
              "row remapper",
              "Unable to determine the device handle",
              "NVLink",
              "GSP RPC timeout",
              "RmInitAdapter failed",
              "XID errors detected",
              "marking device as unhealthy",
              "illegal memory access",
              "unspecified launch failure",
              "PCIe Bus Error",
              "Hardware Error"),
          new Kind(
              "its network between GPUs (NCCL)",
              "nccl (warn|error)|nccl.{0,60}(timeout|timed out|fail|abort)"
                  + "|ncclsystemerror|ncclremoteerror|nccl(unhandled|internal)\\w*error"
                  + "|unhandled system error|collective operation timeout"
                  + "|transport retry counter exceeded|ibv_\\w+.{0,30}fail",
              "NCCL WARN",
              "NCCL error",
              "ncclSystemError",
              "ncclRemoteError",
              "ncclUnhandledCudaError",
              "ncclInternalError",
              "unhandled system error",
              "Watchdog caught collective operation timeout",
              "collective operation timeout",
              "NCCL communicator was aborted",
              "transport retry counter exceeded"),
          new Kind(
              "its disk",
              "no space left|disk quota exceeded|low on resource: ephemeral-storage|enospc"
                  + "|flood.stage watermark|disk (is )?full|diskpressure\\b.{0,40}true"
                  + "|attempting to reclaim ephemeral|had disk ?pressure|input/output error"
                  + "|read-only file system",
              "No space left on device",
              "no space left",
              "Disk quota exceeded",
              "low on resource: ephemeral-storage",
              "ENOSPC",
              "flood-stage watermark",
              "disk is full",
              "disk full",
              "DiskPressure",
              "Input/output error",
              "Read-only file system",
              "reclaim ephemeral-storage",
              "OutOfDiskError",
              "Local disk is full",
              "MISCONF Redis",
              "DiskErrorException",
              "KafkaStorageException"),
          new Kind(
              "its memory",
              "oom-?kill(ed|ing|er)?\\b|out of memory: kill|cgroup out of memory|killed process \\d+"
                  + "|cannot allocate memory|can't allocate memory|\\bmemoryerror\\b|std::bad_alloc"
                  + "|outofmemoryerror: (java heap|gc overhead|metaspace|direct buffer|unable to create)"
                  + "|low on resource: memory|exit(ed)?( with)?( code| status)?:? ?137|unable to allocate"
                  + "|exceeded memory limit|signal 9|sigkill",
              "OOMKilled",
              "OOMKilling",
              "oom-kill",
              "oom_kill",
              "oom-killer",
              "Out of memory: Killed process",
              "Memory cgroup out of memory",
              "Cannot allocate memory",
              "can't allocate memory",
              "MemoryError",
              "std::bad_alloc",
              "Java heap space",
              "GC overhead limit exceeded",
              "low on resource: memory",
              "exit code 137",
              "exited with code 137",
              "exit status 137",
              "Unable to allocate",
              "exceeded memory limit",
              "oom_reaper",
              "killed due to memory pressure",
              "exceeding memory limits",
              "beyond physical memory limits",
              "insufficient shared memory",
              "ObjectStoreFullError",
              "DefaultCPUAllocator",
              "is killed by signal",
              "memory allocation of",
              "heap out of memory",
              "memory budget",
              "was sent SIGKILL",
              "signal 9"),
          new Kind(
              "its restarts",
              "back-?off.{0,20}restarting failed|crashloopbackoff|\\bevicted\\b|evicting pod"
                  + "|liveness probe failed|(worker|container|pod).{0,40}(was )?restart(ed|ing)"
                  + "|nodenotready|node.{0,20}not ?ready",
              "Back-off restarting failed container",
              "back-off restarting failed",
              "CrashLoopBackOff",
              "Evicted",
              "evicting pod",
              "Liveness probe failed",
              "NodeNotReady"));

  /** Settings, tests, denials and tables that carry the words. */
  private static final Pattern TALK =
      Pattern.compile(
          "oom_score_adj|onoutofmemoryerror|has(no|sufficient)\\w*(disk|memory|pressure)"
              + "|(memory|disk|pid)pressure\\s+false|no (disk|memory) pressure|\\btest_\\w+|nccl info"
              + "|nccl_debug|\\b(avoid|avoids|prevent|prevents|to fix|in case of|never|without)\\b"
              + "|\\b(0|no|zero) (xid|oom|ecc|error|restart|eviction)|err_code=\"0\"|recovered");

  static final HostTrouble WORDS = new HostTrouble();

  private HostTrouble() {}

  @Override
  public Condition said() {
    return new Condition.Phrase(
        TEXTS, KINDS.stream().flatMap(kind -> kind.phrases().stream()).toList());
  }

  @Override
  public Condition wouldShow() {
    return new Condition.Any(
        List.of(
            new Condition.Present(Fields.MESSAGE), new Condition.Present(Fields.ERROR_MESSAGE)));
  }

  @Override
  public List<String> fields() {
    return Stream.concat(TEXTS.stream(), Stream.of(Fields.ERROR_TYPE, Fields.HOST)).toList();
  }

  @Override
  public boolean isReal(Event event) {
    return kind(event).isPresent();
  }

  /** What it is about: {@code its disk}; empty where the line only carries the words. */
  Optional<String> kind(Event event) {
    StringBuilder text = new StringBuilder();
    TEXTS.forEach(field -> event.text(field).ifPresent(value -> text.append(value).append('\n')));
    String lower = text.toString().toLowerCase(Locale.ROOT);
    Optional<String> known =
        KnownErrors.of(event)
            .flatMap(
                signature ->
                    switch (signature.cause()) {
                      case "host-oom" -> Optional.of("its memory");
                      case "disk-full" -> Optional.of("its disk");
                      case "gpu-hardware" ->
                          Optional.of(
                              lower.contains("nccl")
                                  ? "its network between GPUs (NCCL)"
                                  : "the GPU's hardware");
                      default -> Optional.empty();
                    });
    if (known.isPresent()) {
      return known;
    }
    if (TALK.matcher(lower).find() || GpuOutOfMemory.WORDS.isReal(event)) {
      return Optional.empty();
    }
    return KINDS.stream()
        .filter(kind -> kind.confirms().matcher(lower).find())
        .findFirst()
        .map(Kind::name);
  }
}
