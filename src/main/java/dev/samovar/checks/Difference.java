package dev.samovar.checks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part that is in two places in two versions.
 *
 * @param here in words: {@code serving}
 * @param there in words: {@code training}
 */
record Difference(String part, String version, String here, String other, String there) {

  /** What computes: a difference here changes what a model answers. */
  private static final List<String> COMPUTES =
      List.of(
          "torch",
          "torchvision",
          "torchaudio",
          "tensorflow",
          "tensorflow-gpu",
          "keras",
          "jax",
          "jaxlib",
          "flax",
          "scikit-learn",
          "sklearn",
          "xgboost",
          "lightgbm",
          "catboost",
          "numpy",
          "pandas",
          "scipy",
          "polars",
          "pyarrow",
          "onnx",
          "onnxruntime",
          "onnxruntime-gpu",
          "tensorrt",
          "transformers",
          "tokenizers",
          "sentence-transformers",
          "safetensors",
          "vllm",
          "triton",
          "accelerate",
          "peft",
          "bitsandbytes",
          "flash-attn",
          "xformers",
          "deepspeed",
          "pytorch-lightning",
          "lightning",
          "spacy",
          "nltk",
          "gensim",
          "category-encoders",
          "feature-engine",
          "statsmodels",
          "prophet",
          "implicit",
          "faiss-cpu",
          "faiss-gpu",
          "opencv-python",
          "opencv-python-headless",
          "pillow",
          "librosa",
          "datasets",
          "feast",
          "joblib",
          "cloudpickle",
          "pydantic",
          "protobuf",
          "mlflow",
          "python",
          "cuda",
          "cudnn",
          "nvidia-cudnn-cu12",
          "nvidia-cudnn-cu11",
          "nccl",
          "cupy",
          "numba",
          "dask",
          "pyspark");

  /** Pairs that are known to break, and how. */
  private static final Map<String, String> DANGERS =
      Map.ofEntries(
          Map.entry(
              "scikit-learn",
              "a model pickled under one minor version of scikit-learn may load and answer wrongly"
                  + " under another"),
          Map.entry(
              "numpy", "numpy 1 and 2 differ in their binary interface and in type promotion"),
          Map.entry("pandas", "pandas changed defaults (copies, dtypes, missing values) here"),
          Map.entry("torch", "kernels, defaults and serialisation differ between PyTorch versions"),
          Map.entry("tensorflow", "Keras 3 came with TensorFlow 2.16; saved models differ"),
          Map.entry("keras", "Keras 2 and 3 save and load models differently"),
          Map.entry("xgboost", "a pickled Booster is not portable across XGBoost versions"),
          Map.entry("lightgbm", "a pickled Booster is not portable across LightGBM versions"),
          Map.entry("transformers", "tokenisation and generation defaults change between versions"),
          Map.entry("tokenizers", "the same text may become other tokens"),
          Map.entry("python", "pickles and compiled packages are made for one minor version"),
          Map.entry("pydantic", "pydantic 2 coerces values otherwise than pydantic 1"),
          Map.entry("protobuf", "generated code of one major version fails under another"),
          Map.entry("onnxruntime", "operator sets and defaults differ between versions"),
          Map.entry("cuda", "wheels are built for one major version of CUDA"));

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** How far apart the two are. */
  enum Size {
    /** Builds or post-releases of one version. */
    BUILD,
    PATCH,
    MINOR,
    MAJOR,
    /** One of them is not there at all. */
    ABSENT
  }

  boolean computes() {
    return COMPUTES.contains(part);
  }

  Size size() {
    if (version.isEmpty() || other.isEmpty()) {
      return Size.ABSENT;
    }
    int[] a = release(version);
    int[] b = release(other);
    // CalVer and 0.x releases break at their second place.
    if (a[0] != b[0]) {
      return Size.MAJOR;
    }
    if (a[1] != b[1]) {
      return Size.MINOR;
    }
    return a[2] != b[2] ? Size.PATCH : Size.BUILD;
  }

  private static int[] release(String version) {
    int[] places = new int[3];
    Matcher matcher = NUMBER.matcher(version.split("[+]", 2)[0]);
    for (int i = 0; i < 3 && matcher.find(); i++) {
      places[i] = (int) Math.min(Integer.MAX_VALUE, Long.parseLong(cut(matcher.group())));
    }
    return places;
  }

  private static String cut(String digits) {
    return digits.length() > 9 ? digits.substring(0, 9) : digits;
  }

  /** How sure one may be, looking at this alone, that it matters; 0 to 1. */
  double weight() {
    double most =
        switch (size()) {
          case MAJOR -> 0.85;
          case MINOR -> 0.78;
          case PATCH -> 0.5;
          case BUILD -> 0.35;
          case ABSENT -> 0.4;
        };
    return computes() ? most : most * 0.55;
  }

  Optional<String> danger() {
    boolean breaks = size() == Size.MAJOR || size() == Size.MINOR;
    return breaks ? Optional.ofNullable(DANGERS.get(part)) : Optional.empty();
  }

  String sentence() {
    return part
        + (version.isEmpty() ? " is missing in " + here : " is " + version + " in " + here)
        + (other.isEmpty() ? " and there is none in " + there : ", " + other + " in " + there);
  }
}
