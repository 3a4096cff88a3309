package dev.samovar.evidence;

/** Where the validation rules of the models are. */
public interface RuleBooks {
  /** No model has any. */
  RuleBooks NONE = model -> Rules.NONE;

  /** {@link Rules#NONE} where none are configured for the model. */
  Rules of(Model model);
}
