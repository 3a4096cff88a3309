package dev.samovar.evidence;

/** Where the validation rules of the models are. */
public interface ValidationRules {
  /** No model has any. */
  ValidationRules NONE = model -> RuleBook.NONE;

  /** {@link RuleBook#NONE} where none are configured for the model. */
  RuleBook of(Model model) throws EvidenceException;
}
