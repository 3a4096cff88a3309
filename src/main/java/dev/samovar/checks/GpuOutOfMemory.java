package dev.samovar.checks;

import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words in which software says that a GPU has no memory left, and those that only look so. The
 * phrases find the lines on the server; {@link #isReal} reads a sample of them again, since an
 * advice to avoid an error is not the error.
 */
final class GpuOutOfMemory implements Mentions.Vocabulary {
  static final GpuOutOfMemory WORDS = new GpuOutOfMemory();

  private static final List<String> TEXTS =
      List.of(Fields.MESSAGE, Fields.ERROR_MESSAGE, Fields.STACK_TRACE);

  private static final List<String> PHRASES =
      List.of(
          // PyTorch: CUDA, ROCm, Apple
          "CUDA out of memory",
          "torch.cuda.OutOfMemoryError",
          "torch.OutOfMemoryError",
          "HIP out of memory",
          "MPS backend out of memory",
          // CUDA runtime, driver and libraries
          "CUDA error: out of memory",
          "CUDA_ERROR_OUT_OF_MEMORY",
          "cudaErrorMemoryAllocation",
          "cudaMalloc failed: out of memory",
          "CUBLAS_STATUS_ALLOC_FAILED",
          "CUDNN_STATUS_ALLOC_FAILED",
          "CUDA failure 2: out of memory",
          // TensorFlow, XLA and JAX
          "OOM when allocating tensor",
          "RESOURCE_EXHAUSTED: Out of memory while trying to allocate",
          "Resource exhausted: OOM",
          // vLLM, Triton, ONNX Runtime, CuPy, RAPIDS, llama.cpp
          "No available memory for the cache blocks",
          "failed to allocate CUDA memory",
          "failed to allocate pinned system memory",
          "BFCArena::AllocateRawInternal Failed to allocate memory",
          "cupy.cuda.memory.OutOfMemoryError",
          "std::bad_alloc: out_of_memory: CUDA error",
          "ggml_backend_cuda_buffer_type_alloc_buffer: allocating");

  /** Phrases of rarer lines, which count only where the catalogue knows the whole line. */
  private static final List<String> POSSIBLE =
      List.of(
          "ran out of memory trying to allocate",
          "Ran out of memory in memory space hbm",
          "XPU out of memory",
          "CUDA_OUT_OF_MEMORY",
          "cublas runtime error : resource allocation failed",
          "failed to allocate pinned memory",
          "Free memory on device",
          "can be stored in KV cache",
          "KV cache is needed",
          "CUDA Runtime (out of memory)",
          "Requested amount of GPU memory",
          "Maximum pool size exceeded",
          "Available memory of",
          "is smaller than requested bytes",
          "Not enough memory to handle",
          "CUFFT_ALLOC_FAILED",
          "CUSOLVER_STATUS_ALLOC_FAILED");

  private static final List<String> TYPES =
      List.of(
          "OutOfMemoryError",
          "torch.cuda.OutOfMemoryError",
          "torch.OutOfMemoryError",
          "cupy.cuda.memory.OutOfMemoryError",
          "CudaOutOfMemoryError",
          "CUDAOutOfMemoryError");

  private static final List<String> HARMLESS_LEVELS =
      List.of("debug", "DEBUG", "trace", "TRACE", "info", "INFO", "Info", "notice", "NOTICE");

  private static final String SAID =
      PHRASES.stream()
          .map(phrase -> phrase.toLowerCase(Locale.ROOT))
          .map(Pattern::quote)
          .collect(Collectors.joining("|"));

  private static final Pattern REAL =
      Pattern.compile(SAID + "|cuda.{0,40}out of memory|oom when allocating");

  /** Advice, settings, tests and denials that carry the words. */
  private static final Pattern TALK =
      Pattern.compile(
          "(\\b(no|zero|0|avoid|avoids|prevent|prevents|without|never|in case of|if you (see|get|hit)"
              + "|to fix|recovered from|simulat\\w*|how to|test_\\w*)\\b[^.:]{0,40})("
              + SAID
              + "|cuda oom)");

  private GpuOutOfMemory() {}

  @Override
  public Condition said() {
    return new Condition.Any(
            List.of(
                new Condition.Phrase(
                    TEXTS, Stream.concat(PHRASES.stream(), POSSIBLE.stream()).toList()),
                new Condition.Is(Fields.ERROR_TYPE, TYPES.subList(1, TYPES.size()))))
        .and(new Condition.Is(Fields.LEVEL, HARMLESS_LEVELS).negate());
  }

  @Override
  public Condition wouldShow() {
    return new Condition.Any(
        List.of(
            new Condition.Present(Fields.MESSAGE),
            new Condition.Present(Fields.ERROR_MESSAGE),
            new Condition.Present(Fields.ERROR_TYPE),
            new Condition.Present(Fields.OUTCOME)));
  }

  @Override
  public List<String> fields() {
    return List.of(
        Fields.MESSAGE, Fields.ERROR_MESSAGE, Fields.STACK_TRACE, Fields.ERROR_TYPE, Fields.HOST);
  }

  @Override
  public boolean isReal(Event event) {
    if (event.text(Fields.ERROR_TYPE).filter(TYPES::contains).isPresent()
        && !text(event).contains("java heap")) {
      return true;
    }
    if (KnownErrors.isOf("gpu-oom", event)) {
      return true;
    }
    String text = text(event);
    return REAL.matcher(text).find() && !TALK.matcher(text).find();
  }

  /** The first of the events that says how much was asked for, and of what. */
  static Optional<String> sizes(List<Event> events) {
    return events.stream()
        .flatMap(event -> GpuAllocation.of(text(event)).stream())
        .map(GpuAllocation::describe)
        .findFirst();
  }

  private static String text(Event event) {
    StringBuilder text = new StringBuilder();
    for (String field : TEXTS) {
      event.text(field).ifPresent(value -> text.append(value).append('\n'));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
