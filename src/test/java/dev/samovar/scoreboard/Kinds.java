package dev.samovar.scoreboard;

import static dev.samovar.checks.CheckId.BROKEN_PIPELINE;
import static dev.samovar.checks.CheckId.DATA_DRIFT;
import static dev.samovar.checks.CheckId.DEPENDENCY_DRIFT;
import static dev.samovar.checks.CheckId.ERROR_BURST;
import static dev.samovar.checks.CheckId.GPU_MEMORY;
import static dev.samovar.checks.CheckId.HOST_RESOURCES;
import static dev.samovar.checks.CheckId.LOGGING_GAP;
import static dev.samovar.checks.CheckId.MODEL_QUALITY;
import static dev.samovar.checks.CheckId.PREDICTION_SHIFT;
import static dev.samovar.checks.CheckId.PREPROCESSING_CHANGE;
import static dev.samovar.checks.CheckId.RECENT_CHANGES;
import static dev.samovar.checks.CheckId.SERVING_HEALTH;
import static dev.samovar.checks.CheckId.STALE_MODEL;
import static dev.samovar.checks.CheckId.TOO_GOOD_TO_BE_TRUE;
import static dev.samovar.checks.CheckId.TRAINING_SERVING_SKEW;
import static dev.samovar.checks.CheckId.UNVERSIONED_ARTIFACTS;
import static dev.samovar.checks.CheckId.VALIDATION_GAP;

import dev.samovar.evidence.Dataset;
import dev.samovar.triage.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** All kinds of incidents. */
final class Kinds {
  static final List<Kind> ALL = all();

  private Kinds() {}

  private static List<Kind> all() {
    List<Kind> kinds = new ArrayList<>();
    changes(kinds);
    preprocessing(kinds);
    data(kinds);
    pipelines(kinds);
    machines(kinds);
    releases(kinds);
    symptoms(kinds);
    lookAlikes(kinds);
    several(kinds);
    return List.copyOf(kinds);
  }

  private static void changes(List<Kind> kinds) {
    kinds.add(
        Kind.cause(
            "bad-deploy",
            i -> {
              i.change(
                  i.onset.minusSeconds(60 + i.random.nextInt(400)),
                  "code",
                  "3.4.0",
                  "3.4.1",
                  "release");
              i.failures(0.08 + 0.3 * i.random.nextDouble(), "KeyError", "'currency'");
              i.lines(
                  25, "ERROR", "unhandled exception in predict: KeyError: 'currency' request {n}");
            },
            RECENT_CHANGES));
    kinds.add(
        Kind.cause(
            "flag-slows",
            i -> {
              i.change(
                  i.onset.minusSeconds(30 + i.random.nextInt(300)),
                  "feature-flag",
                  "off",
                  "on",
                  "rerank all results");
              i.slower(2.5 + 4 * i.random.nextDouble());
            },
            RECENT_CHANGES));
    kinds.add(
        Kind.cause(
            "config-breaks",
            i -> {
              i.change(
                  i.onset.minusSeconds(30 + i.random.nextInt(600)),
                  "config",
                  "a",
                  "b",
                  "pool size");
              i.failures(
                  0.1 + 0.2 * i.random.nextDouble(),
                  "PoolTimeout",
                  "timed out waiting for a connection");
              i.lines(30, "ERROR", "connection pool exhausted, waited 30 s for request {n}");
              i.slower(1.8);
            },
            RECENT_CHANGES));
  }

  private static void scaled(Incident i, String feature, DoubleUnaryOperator change) {
    i.input(
        (event, features) -> {
          if (i.isTrouble(event) && features.containsKey(feature)) {
            features.put(feature, Cast.round(change.applyAsDouble(Cast.number(features, feature))));
          }
        });
  }

  private static Kind silent(String name, DoubleUnaryOperator change) {
    return Kind.cause(
        name,
        i -> {
          scaled(i, i.cast.number(), change);
          i.worse(0.05 + 0.1 * i.random.nextDouble());
        },
        PREPROCESSING_CHANGE);
  }

  /** The value that a third of a model's requests exceed. */
  private static double upperThird(Cast cast, String field) {
    java.util.Random random = new java.util.Random(1);
    double[] values =
        java.util.stream.IntStream.range(0, 600)
            .mapToObj(unused -> cast.features(random, 0).get(field))
            .mapToDouble(value -> Double.parseDouble(String.valueOf(value)))
            .sorted()
            .toArray();
    return values[400];
  }

  private static void preprocessing(List<Kind> kinds) {
    kinds.add(
        Kind.cause(
            "preprocessing-version",
            i -> {
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      event.put("ml.preprocessing.version", "2.4");
                    }
                  });
              double by = List.of(0.4, 2.5, 100.0).get(i.random.nextInt(3));
              scaled(i, i.cast.number(), x -> by * x);
              if (i.random.nextBoolean()) {
                i.change(
                    i.onset.minusSeconds(90), "preprocessing", "2.3", "2.4", "cleaner amounts");
              }
              i.worse(0.08);
            },
            PREPROCESSING_CHANGE));
    kinds.add(
        Kind.cause(
            "little-traffic-unit",
            i -> {
              i.volume = 0.15;
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      event.put("ml.preprocessing.version", "2.4");
                    }
                  });
              scaled(i, i.cast.number(), x -> 60 * x);
            },
            PREPROCESSING_CHANGE));
    kinds.add(silent("silent-times-100", x -> 100 * x));
    kinds.add(silent("silent-per-1000", x -> x / 1000));
    kinds.add(silent("silent-log", x -> Math.log1p(Math.abs(x))));
    kinds.add(silent("silent-sign", x -> -x));
    kinds.add(silent("silent-rounding", x -> Math.rint(x / 10) * 10));
    kinds.add(
        Kind.cause(
            "silent-clipping",
            i -> {
              double most = upperThird(i.cast, i.cast.number());
              scaled(i, i.cast.number(), x -> Math.min(x, most));
              i.worse(0.05 + 0.1 * i.random.nextDouble());
            },
            PREPROCESSING_CHANGE));
    kinds.add(
        Kind.cause(
            "silent-case",
            i ->
                i.input(
                    (event, features) -> {
                      if (i.isTrouble(event)) {
                        String field = i.cast.category();
                        String value = String.valueOf(features.get(field));
                        String lower = value.toLowerCase(Locale.ROOT);
                        features.put(
                            field, lower.equals(value) ? value.toUpperCase(Locale.ROOT) : lower);
                      }
                    }),
            PREPROCESSING_CHANGE));
    kinds.add(
        Kind.cause(
            "silent-swap",
            i -> {
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      Object one = features.get(i.cast.number());
                      Object other = features.get(i.cast.otherNumber());
                      features.put(i.cast.number(), other);
                      features.put(i.cast.otherNumber(), one);
                    }
                  });
              i.worse(0.1);
            },
            PREPROCESSING_CHANGE));
    kinds.add(
        Kind.cause(
            "silent-default",
            i -> {
              String field = i.cast.otherNumber();
              i.input(
                  (event, features) -> {
                    if (Math.floorMod(features.hashCode(), 4) == 0) {
                      if (i.isTrouble(event)) {
                        features.put(field, 0.0);
                      } else {
                        features.remove(field);
                      }
                    }
                  });
            },
            PREPROCESSING_CHANGE));
  }

  private static void data(List<Kind> kinds) {
    kinds.add(
        Kind.cause(
            "skewed-version",
            i -> {
              // A version that was trained on another unit goes live at the onset.
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      event.put("ml.model.version", "next-7");
                    }
                  });
              i.row(
                  (event, features) -> {
                    if (i.random.nextBoolean()) {
                      event.put("ml.model.version", "next-7");
                      features.put(i.cast.number(), Cast.number(features, i.cast.number()) / 100);
                    }
                  });
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event) && event.containsKey("ml.prediction.score")) {
                      event.put(
                          "ml.prediction.score", Math.min(1, 0.9 + 0.1 * i.random.nextDouble()));
                    }
                  });
              i.run(
                  run -> {
                    if ("training".equals(run.get("ml.pipeline.kind"))
                        && Incident.time(run).isAfter(i.now.minus(Duration.ofHours(26)))) {
                      run.put("ml.model.version", "next-7");
                    }
                    return true;
                  });
              i.worse(0.1);
            },
            TRAINING_SERVING_SKEW,
            RECENT_CHANGES));
    kinds.add(
        Kind.cause(
            "drift-new-category",
            i -> {
              double share = 0.15 + 0.4 * i.random.nextDouble();
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event) && i.random.nextDouble() < share) {
                      features.put(i.cast.category(), "zz");
                    }
                  });
            },
            DATA_DRIFT,
            VALIDATION_GAP));
    kinds.add(
        Kind.cause(
            "drift-mix",
            i -> {
              double share = 0.4 + 0.4 * i.random.nextDouble();
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event) && i.random.nextDouble() < share) {
                      features.put(
                          i.cast.category(),
                          switch (i.cast) {
                            case CLASSIFIER -> "IT";
                            case REGRESSOR -> "west";
                            case RANKER -> "fr";
                            case LLM -> "initech";
                          });
                      features.put(
                          i.cast.otherNumber(),
                          Cast.round(1.3 * Cast.number(features, i.cast.otherNumber())));
                    }
                  });
            },
            DATA_DRIFT));
    kinds.add(
        Kind.cause(
            "drift-numbers",
            i -> {
              double by = 1.35 + 0.5 * i.random.nextDouble();
              scaled(i, i.cast.number(), x -> x * by * Math.exp(0.15 * i.random.nextGaussian()));
              scaled(i, i.cast.otherNumber(), x -> x * (1.2 + 0.1 * i.random.nextGaussian()));
            },
            DATA_DRIFT));
    kinds.add(
        Kind.cause(
            "validation-gap-fails",
            i -> {
              double share = 0.15 + 0.3 * i.random.nextDouble();
              String value =
                  switch (i.cast) {
                    case CLASSIFIER -> "PL";
                    case REGRESSOR -> "center";
                    case RANKER -> "pt";
                    case LLM -> "umbrella";
                  };
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event) && i.random.nextDouble() < share) {
                      features.put(i.cast.category(), value);
                      features.put(i.cast.number(), 0.0);
                      event.put("edge", true);
                    }
                  });
              i.prediction(
                  (event, features) -> {
                    if (event.remove("edge") != null && i.random.nextDouble() < 0.6) {
                      Incident.fail(event, "ZeroDivisionError", "float division by zero");
                    }
                  });
            },
            VALIDATION_GAP));
    kinds.add(
        Kind.cause(
            "validation-gap-odd",
            i -> {
              double share = 0.2 + 0.4 * i.random.nextDouble();
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event) && i.random.nextDouble() < share) {
                      features.put(i.cast.otherNumber(), -999.0);
                      event.put("edge", true);
                    }
                  });
              i.prediction(
                  (event, features) -> {
                    if (event.remove("edge") != null && event.containsKey("ml.prediction.score")) {
                      event.put(
                          "ml.prediction.score",
                          Math.round(1000 * (0.97 + 0.03 * i.random.nextDouble())) / 1000.0);
                    }
                  });
            },
            VALIDATION_GAP,
            DATA_DRIFT));
  }

  private static boolean isRun(Map<String, Object> run, String pipeline) {
    return String.valueOf(run.get("ml.pipeline.name")).endsWith(pipeline);
  }

  private static void pipelines(List<Kind> kinds) {
    kinds.add(
        Kind.standing(
            "retraining-fails",
            i -> {
              int days = 2 + i.random.nextInt(3);
              i.run(
                  run -> {
                    if (isRun(run, "-train")
                        && Incident.time(run).isAfter(i.now.minus(Duration.ofDays(days)))) {
                      run.put("event.outcome", "failure");
                      run.put("error.message", "OperationalError: could not connect to server");
                      run.remove("ml.model.version");
                    }
                    return true;
                  });
              i.worse(0.05);
            },
            STALE_MODEL));
    kinds.add(
        Kind.standing(
            "retraining-stopped",
            i -> {
              int days = 3 + i.random.nextInt(4);
              i.run(
                  run ->
                      !(isRun(run, "-train")
                          && Incident.time(run).isAfter(i.now.minus(Duration.ofDays(days)))));
            },
            STALE_MODEL));
    kinds.add(
        Kind.standing(
            "retraining-on-old-data",
            i ->
                i.run(
                    run -> {
                      if (isRun(run, "-train")
                          && Incident.time(run).isAfter(i.now.minus(Duration.ofDays(2)))) {
                        run.put(
                            "ml.data.newest",
                            Incident.time(run).minus(Duration.ofDays(5)).toString());
                      }
                      return true;
                    }),
            STALE_MODEL));
    kinds.add(
        Kind.standing(
            "trained-not-served",
            i -> {
              Instant since = i.now.minus(Duration.ofDays(4));
              String last = i.version(since);
              i.run(
                  run -> {
                    if (isRun(run, "-train") && Incident.time(run).isAfter(since)) {
                      run.put(
                          "ml.model.version",
                          "next-" + Incident.time(run).getEpochSecond() / 86_400);
                    }
                    return true;
                  });
              i.prediction(
                  (event, features) -> {
                    if (Incident.time(event).isAfter(since)) {
                      event.put("ml.model.version", last);
                    }
                  });
            },
            STALE_MODEL));
    kinds.add(
        Kind.cause(
            "ingest-fails",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(130 + i.random.nextInt(120)));
              i.run(
                  run -> {
                    if (isRun(run, "events-ingest") && i.isTrouble(run)) {
                      run.put("event.outcome", "failure");
                      run.put("error.message", "java.net.ConnectException: Connection refused");
                      run.put("ml.data.rows", 0L);
                    }
                    return true;
                  });
            },
            BROKEN_PIPELINE));
    kinds.add(
        Kind.cause(
            "ingest-late",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(200 + i.random.nextInt(120)));
              i.run(run -> !(isRun(run, "events-ingest") && i.isTrouble(run)));
            },
            BROKEN_PIPELINE));
    kinds.add(
        Kind.cause(
            "ingest-empty",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(130 + i.random.nextInt(120)));
              double share = i.random.nextBoolean() ? 0 : 0.3 * i.random.nextDouble();
              i.run(
                  run -> {
                    if (isRun(run, "events-ingest") && i.isTrouble(run)) {
                      run.put("ml.data.rows", (long) (share * Cast.number(run, "ml.data.rows")));
                    }
                    return true;
                  });
            },
            BROKEN_PIPELINE));
    kinds.add(
        Kind.cause(
            "kafka-lag",
            i -> {
              double anHour = 5000 + 40_000 * i.random.nextDouble();
              i.sample(
                  (event, metric) -> {
                    if (metric.equals("kafka_consumergroup_lag") && i.isTrouble(event)) {
                      double hours =
                          Duration.between(i.onset, Incident.time(event)).toSeconds() / 3600.0;
                      event.put("metric.value", 150 + anHour * hours);
                    }
                  });
            },
            BROKEN_PIPELINE));
    kinds.add(
        Kind.cause(
            "feature-frozen",
            i -> {
              double value =
                  Cast.round(
                      Math.abs(Cast.number(i.cast.features(i.random, 0), i.cast.otherNumber())));
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      features.put(i.cast.otherNumber(), value);
                    }
                  });
            },
            BROKEN_PIPELINE));
    kinds.add(
        Kind.cause(
            "feature-missing",
            i -> {
              double share = 0.15 + 0.6 * i.random.nextDouble();
              i.input(
                  (event, features) -> {
                    if (i.isTrouble(event) && i.random.nextDouble() < share) {
                      features.remove(i.cast.optional());
                    }
                  });
            },
            BROKEN_PIPELINE));
  }

  private static Kind outOfMemory(String name, String line) {
    return Kind.cause(
        name,
        i -> {
          i.failures(0.05 + 0.25 * i.random.nextDouble(), "RuntimeError", "inference failed");
          i.lines(40 + i.random.nextInt(120), "ERROR", line);
          if (i.random.nextBoolean()) {
            i.slower(2);
          }
          if (i.random.nextInt(3) == 0) {
            i.change(i.onset.minusSeconds(240), "config", "8", "32", "max_batch_size");
          }
        },
        GPU_MEMORY);
  }

  private static void machines(List<Kind> kinds) {
    kinds.add(
        outOfMemory(
            "oom-torch",
            "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 512.00 MiB. GPU 0 has a"
                + " total capacity of 15.78 GiB of which 310.38 MiB is free."));
    kinds.add(
        outOfMemory(
            "oom-tensorflow",
            "tensorflow.python.framework.errors_impl.ResourceExhaustedError: OOM when allocating"
                + " tensor with shape[256,512,768] and type float on /job:localhost/device:GPU:0"));
    kinds.add(
        outOfMemory(
            "oom-onnx",
            "onnxruntime: BFCArena::AllocateRawInternal Failed to allocate memory for requested"
                + " buffer of size 1073741824"));
    kinds.add(
        Kind.cause(
            "gpu-leak-just-begun",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(80 + i.random.nextInt(30)));
              i.sample(
                  (event, metric) -> {
                    if (metric.startsWith("DCGM_FI_DEV_FB")
                        && i.isTrouble(event)
                        && i.host(0).equals(event.get("host.name"))) {
                      double hours =
                          Duration.between(i.onset, Incident.time(event)).toSeconds() / 3600.0;
                      double more = Math.min(6400, 3000 * hours);
                      event.put(
                          "metric.value", metric.endsWith("USED") ? 9000 + more : 7160 - more);
                    }
                  });
            },
            GPU_MEMORY));
    kinds.add(
        Kind.standing(
            "gpu-leak",
            i -> {
              i.onset = i.now.minus(Duration.ofHours(7));
              i.sample(
                  (event, metric) -> {
                    if (metric.startsWith("DCGM_FI_DEV_FB")
                        && i.isTrouble(event)
                        && i.host(0).equals(event.get("host.name"))) {
                      double hours =
                          Duration.between(i.onset, Incident.time(event)).toSeconds() / 3600.0;
                      double more = Math.min(6400, 900 * hours);
                      event.put(
                          "metric.value", metric.endsWith("USED") ? 9000 + more : 7160 - more);
                    }
                  });
            },
            GPU_MEMORY));
    kinds.add(
        Kind.cause(
            "oom-killed",
            i -> {
              i.sample(
                  (event, metric) -> {
                    if (metric.equals("kube_pod_container_status_restarts_total")
                        && i.isTrouble(event)
                        && i.host(0).equals(event.get("host.name"))) {
                      double minutes =
                          (double) Duration.between(i.onset, Incident.time(event)).toMinutes();
                      event.put("metric.value", 4 + Math.floor(minutes / 9));
                    }
                  });
              if (i.random.nextBoolean()) {
                i.lines(
                    300,
                    "ERROR",
                    "Container server of pod " + i.host(0) + " was OOMKilled, exit code 137");
              }
              i.failures(0.08, "ConnectionError", "connection reset by peer");
            },
            HOST_RESOURCES));
    kinds.add(
        Kind.cause(
            "disk-full",
            i -> {
              i.lines(
                  60,
                  "ERROR",
                  "OSError: [Errno 28] No space left on device: '/var/cache/model-{n}'");
              i.failures(0.1, "OSError", "[Errno 28] No space left on device");
              i.sample(
                  (event, metric) -> {
                    if (metric.equals("node_filesystem_avail_bytes") && i.isTrouble(event)) {
                      event.put("metric.value", 2e8);
                    }
                  });
            },
            HOST_RESOURCES));
    kinds.add(
        Kind.cause(
            "cpu-throttled",
            i -> {
              i.slower(2.5 + 2 * i.random.nextDouble());
              i.sample(
                  (event, metric) -> {
                    if (metric.equals("container_cpu_cfs_throttled_periods_total")
                        && i.isTrouble(event)) {
                      double minutes =
                          (double) Duration.between(i.onset, Incident.time(event)).toMinutes();
                      event.put("metric.value", Cast.number(event, "metric.value") + 330 * minutes);
                    }
                  });
            },
            HOST_RESOURCES));
    kinds.add(
        Kind.cause(
            "gpu-fell-off",
            i -> {
              int code = List.of(79, 48, 74, 95).get(i.random.nextInt(4));
              i.sample(
                  (event, metric) -> {
                    if (metric.equals("DCGM_FI_DEV_XID_ERRORS")
                        && i.isTrouble(event)
                        && i.host(1).equals(event.get("host.name"))) {
                      event.put("metric.value", (double) code);
                    }
                  });
              if (i.random.nextBoolean()) {
                i.lines(
                    200,
                    "ERROR",
                    "NVRM: Xid (PCI:0000:3b:00): "
                        + code
                        + ", pid={n}, GPU has fallen off the bus.");
              }
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)
                        && i.host(1).equals(event.get("host.name"))
                        && i.random.nextDouble() < 0.8) {
                      Incident.fail(
                          event, "RuntimeError", "CUDA error: unspecified launch failure");
                    }
                  });
            },
            HOST_RESOURCES));
    kinds.add(
        Kind.cause(
            "nccl",
            i -> {
              i.lines(
                  90,
                  "ERROR",
                  "[rank1]:[E ProcessGroupNCCL.cpp:607] [Rank 1] Watchdog caught collective operation"
                      + " timeout: WorkNCCL(SeqNum={n}, OpType=ALLREDUCE) ran for 600000 milliseconds");
              i.failures(0.15, "RuntimeError", "engine died");
              i.slower(3);
            },
            HOST_RESOURCES));
  }

  private static void releases(List<Kind> kinds) {
    kinds.add(
        Kind.standing(
            "wrong-torch",
            i -> {
              for (int host = 0; host < i.hosts(); host++) {
                i.add(Dataset.ENVIRONMENT, odd(i, host, "torch", "2.0.1"));
              }
              scoresMove(i);
            },
            DEPENDENCY_DRIFT));
    kinds.add(
        Kind.standing(
            "one-replica-differs",
            i -> {
              i.add(Dataset.ENVIRONMENT, odd(i, 0, "scikit-learn", "1.2.2"));
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)
                        && i.host(0).equals(event.get("host.name"))
                        && event.containsKey("ml.prediction.score")) {
                      event.put(
                          "ml.prediction.score",
                          Cast.round(0.9 * Cast.number(event, "ml.prediction.score") + 0.3));
                    }
                  });
            },
            DEPENDENCY_DRIFT));
    kinds.add(
        Kind.standing(
            "version-latest",
            i -> {
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      event.put("ml.model.version", "latest");
                    }
                  });
              scoresMove(i);
            },
            UNVERSIONED_ARTIFACTS,
            RECENT_CHANGES));
    kinds.add(
        Kind.standing(
            "version-never-trained",
            i -> {
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      event.put("ml.model.version", "hotfix-3");
                    }
                  });
              scoresMove(i);
              i.evaluation(
                  (event, on) -> {
                    if (i.isTrouble(event)) {
                      event.remove("ml.model.version");
                    }
                  });
            },
            UNVERSIONED_ARTIFACTS,
            RECENT_CHANGES));
    kinds.add(
        Kind.standing(
            "two-versions",
            i ->
                i.prediction(
                    (event, features) -> {
                      if (i.isTrouble(event) && !i.host(0).equals(event.get("host.name"))) {
                        event.put(
                            "ml.model.version", i.version(i.now.minus(Duration.ofDays(3))) + "-b");
                        if (event.containsKey("ml.prediction.score")) {
                          event.put(
                              "ml.prediction.score",
                              Cast.round(0.5 * Cast.number(event, "ml.prediction.score")));
                        }
                      }
                    }),
            UNVERSIONED_ARTIFACTS,
            RECENT_CHANGES));
    kinds.add(
        Kind.standing(
            "leaked",
            i -> {
              String version = "2.0-leaky";
              Instant released = i.now.minus(Duration.ofHours(3 + i.random.nextInt(20)));
              i.prediction(
                  (event, features) -> {
                    if (!Incident.time(event).isBefore(released)) {
                      event.put("ml.model.version", version);
                    }
                  });
              i.run(
                  run -> {
                    if (isRun(run, "-train")
                        && Incident.time(run).isAfter(i.now.minus(Duration.ofHours(28)))) {
                      run.put("ml.model.version", version);
                      run.put("ml.metrics.auc", 0.9985);
                      run.put("ml.metrics.train_auc", 0.9991);
                    }
                    return true;
                  });
              i.row((event, features) -> event.put("ml.model.version", version));
              i.evaluation(
                  (event, on) -> {
                    if (!Incident.time(event).isBefore(released)) {
                      event.put("ml.model.version", version);
                      if (on.equals("production")) {
                        event.put("ml.metrics.auc", Cast.number(event, "ml.metrics.auc") - 0.12);
                      }
                    }
                  });
            },
            TOO_GOOD_TO_BE_TRUE));
  }

  private static Map<String, Object> odd(Incident i, int host, String name, String version) {
    Map<String, Object> event = i.environmentOf(i.onset.minusSeconds(60), "serving", i.host(host));
    @SuppressWarnings("unchecked")
    Map<String, Object> packages = (Map<String, Object>) event.get("ml.environment.packages");
    if (packages != null) {
      packages.put(name, version);
    }
    return event;
  }

  private static void scoresMove(Incident i) {
    i.prediction(
        (event, features) -> {
          if (i.isTrouble(event) && event.containsKey("ml.prediction.score")) {
            double score = Cast.number(event, "ml.prediction.score");
            event.put("ml.prediction.score", Cast.round(score * 0.7 + 0.25));
          }
        });
  }

  private static void symptoms(List<Kind> kinds) {
    kinds.add(
        Kind.symptom(
            "errors-alone",
            i -> {
              i.failures(0.06 + 0.2 * i.random.nextDouble(), "UpstreamError", "feature store: 503");
              i.lines(40, "ERROR", "feature store answered 503 for entity {n}");
            },
            ERROR_BURST));
    kinds.add(
        Kind.symptom("slow-alone", i -> i.slower(2.2 + 4 * i.random.nextDouble()), SERVING_HEALTH));
    kinds.add(
        Kind.symptom(
            "traffic-falls",
            i -> {
              double kept = 0.05 + 0.25 * i.random.nextDouble();
              i.onset = i.now.minus(Duration.ofMinutes(110));
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event) && i.random.nextDouble() > kept) {
                      event.put("drop", true);
                    }
                  });
            },
            SERVING_HEALTH,
            LOGGING_GAP));
    kinds.add(
        Kind.symptom(
            "predictions-frozen",
            i ->
                i.prediction(
                    (event, features) -> {
                      if (i.isTrouble(event)
                          && event.containsKey("ml.prediction.score")
                          && i.random.nextDouble() < 0.9) {
                        event.put("ml.prediction.score", 0.5);
                      }
                    }),
            PREDICTION_SHIFT));
    kinds.add(
        Kind.symptom(
            "predictions-moved-hours-after-a-flag-of-others",
            i -> {
              i.change(
                  i.onset.minus(Duration.ofHours(5)),
                  "feature-flag",
                  "edge-proxy",
                  "off",
                  "on",
                  "new banner");
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event) && event.containsKey("ml.prediction.score")) {
                      event.put(
                          "ml.prediction.score",
                          Cast.round(1.6 * Cast.number(event, "ml.prediction.score")));
                    }
                  });
            },
            PREDICTION_SHIFT));
    kinds.add(
        Kind.symptom(
            "predictions-null",
            i ->
                i.prediction(
                    (event, features) -> {
                      if (i.isTrouble(event) && i.random.nextDouble() < 0.35) {
                        event.remove("ml.prediction.score");
                      }
                    }),
            PREDICTION_SHIFT));
    kinds.add(
        Kind.symptom(
            "quality-falls", i -> i.worse(0.07 + 0.12 * i.random.nextDouble()), MODEL_QUALITY));
    kinds.add(
        Kind.symptom(
            "replica-mute",
            i ->
                i.prediction(
                    (event, features) -> {
                      if (i.isTrouble(event) && i.host(0).equals(event.get("host.name"))) {
                        event.put("drop", true);
                      }
                    }),
            LOGGING_GAP));
    kinds.add(
        Kind.symptom(
            "fields-lost",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(115));
              i.prediction(
                  (event, features) -> {
                    if (i.isTrouble(event)) {
                      event.remove("event.duration");
                      event.remove("trace.id");
                    }
                  });
            },
            LOGGING_GAP));
    kinds.add(
        Kind.symptom(
            "events-doubled",
            i ->
                i.prediction(
                    (event, features) -> {
                      if (i.isTrouble(event)) {
                        event.put("again", true);
                      }
                    }),
            LOGGING_GAP));
  }

  private static void lookAlikes(List<Kind> kinds) {
    kinds.add(Kind.harmless("healthy", i -> {}));
    kinds.add(Kind.harmless("healthy-again", i -> {}));
    kinds.add(
        Kind.harmless(
            "traffic-peak",
            i ->
                i.prediction(
                    (event, features) -> {
                      // The others are thinned, so that now is a peak.
                      if (Incident.time(event).isBefore(i.now.minus(Duration.ofHours(2)))
                          && i.random.nextDouble() < 0.45) {
                        event.put("drop", true);
                      }
                    })));
    kinds.add(
        Kind.harmless(
            "harmless-deploy",
            i -> {
              i.change(i.now.minus(Duration.ofMinutes(100)), "code", "3.4.1", "3.4.2", "release");
              i.prediction(
                  (event, features) -> {
                    if (!Incident.time(event).isBefore(i.now.minus(Duration.ofMinutes(98)))) {
                      event.put("service.version", "3.4.2");
                    }
                  });
            }));
    kinds.add(
        Kind.harmless(
            "noisy-log",
            i -> {
              for (int day = 8; day >= 0; day--) {
                for (int line = 0; line < 80; line++) {
                  i.line(
                      i.now.minus(Duration.ofDays(day)).minusSeconds(60 + i.random.nextInt(14_000)),
                      "ERROR",
                      "cache miss for key " + i.random.nextInt(9000));
                }
              }
            }));
    kinds.add(
        Kind.harmless(
            "talk-of-memory",
            i -> {
              i.lines(400, "INFO", "set PYTORCH_CUDA_ALLOC_CONF to avoid CUDA out of memory");
              i.lines(600, "INFO", "oom_score_adj set to 985 for pid {n}");
            }));
    kinds.add(
        new Kind(
            "low-traffic",
            Set.of(Verdict.ALL_CLEAR, Verdict.CANNOT_TELL),
            Set.of(),
            Set.of(),
            false,
            i -> i.volume = 0.08));
    kinds.add(
        Kind.harmless(
            "weekly-mix",
            i -> {
              Instant from = i.now.minus(Duration.ofHours(8));
              Instant lastWeek = from.minus(Duration.ofDays(7));
              i.input(
                  (event, features) -> {
                    Instant at = Incident.time(event);
                    boolean isMarketDay =
                        at.isAfter(from)
                            || (at.isAfter(lastWeek)
                                && at.isBefore(lastWeek.plus(Duration.ofHours(8))));
                    if (isMarketDay && i.random.nextDouble() < 0.4) {
                      features.put(
                          i.cast.category(),
                          switch (i.cast) {
                            case CLASSIFIER -> "FR";
                            case REGRESSOR -> "east";
                            case RANKER -> "de";
                            case LLM -> "globex";
                          });
                    }
                  });
            }));
    kinds.add(
        Kind.harmless(
            "preprocessing-same",
            i ->
                i.prediction(
                    (event, features) -> {
                      if (i.isTrouble(event)) {
                        event.put("ml.preprocessing.version", "2.3.1");
                      }
                    })));
    kinds.add(
        Kind.harmless(
            "gpu-full-on-purpose",
            i ->
                i.sample(
                    (event, metric) -> {
                      if (metric.startsWith("DCGM_FI_DEV_FB")) {
                        event.put("metric.value", metric.endsWith("USED") ? 15_700.0 : 460.0);
                      }
                    })));
  }

  private static void several(List<Kind> kinds) {
    kinds.add(
        Kind.both(
            "two-preprocessing-and-memory",
            i -> {
              scaled(i, i.cast.number(), x -> 100 * x);
              i.lines(60, "ERROR", "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB");
              i.failures(0.1, "RuntimeError", "CUDA out of memory");
            },
            PREPROCESSING_CHANGE,
            GPU_MEMORY));
    kinds.add(
        Kind.both(
            "two-stale-and-disk",
            i -> {
              i.run(
                  run ->
                      !(isRun(run, "-train")
                          && Incident.time(run).isAfter(i.now.minus(Duration.ofDays(5)))));
              i.lines(60, "ERROR", "OSError: [Errno 28] No space left on device");
            },
            STALE_MODEL,
            HOST_RESOURCES));
    kinds.add(
        Kind.cause(
            "began-earlier-preprocessing",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(300 + i.random.nextInt(120)));
              i.hoursDense = 10;
              scaled(i, i.cast.number(), x -> x / 1000);
            },
            PREPROCESSING_CHANGE));
    kinds.add(
        Kind.cause(
            "began-earlier-deploy",
            i -> {
              i.onset = i.now.minus(Duration.ofMinutes(200 + i.random.nextInt(150)));
              i.hoursDense = 10;
              i.change(i.onset.minusSeconds(120), "code", "3.4.0", "3.4.1", "release");
              i.failures(0.15, "TypeError", "unsupported operand type(s)");
              i.lines(40, "ERROR", "TypeError: unsupported operand type(s) for request {n}");
            },
            RECENT_CHANGES));
  }
}
