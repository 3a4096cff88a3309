package dev.samovar.understanding;

import java.util.Arrays;
import java.util.List;

/** A text, and which places of the vocabulary each of its words can fill. */
final class Spotted {
  private final Tokens tokens;

  /** Where the model's name ends that a token begins or belongs to; 0 for none. */
  private final int[] models;

  private final boolean[] modelPlaces;
  private final int[][] filled;
  private final boolean[] present;

  Spotted(
      Tokens tokens, List<ModelNames.Mention> named, Vocabulary vocabulary, boolean[] modelPlaces) {
    this.tokens = tokens;
    this.models = new int[tokens.size()];
    this.modelPlaces = modelPlaces;
    for (ModelNames.Mention mention : named) {
      Arrays.fill(models, mention.from(), mention.to(), mention.to());
    }
    this.filled = new int[tokens.size()][];
    this.present = new boolean[vocabulary.size()];
    for (int i = 0; i < filled.length; i++) {
      filled[i] = vocabulary.filledBy(tokens.get(i), models[i] > 0);
      for (int place : filled[i]) {
        present[place] = true;
      }
    }
  }

  int size() {
    return filled.length;
  }

  /** The numbers of the places that a word can fill. */
  int[] filledBy(int token) {
    return filled[token];
  }

  boolean has(int place) {
    return present[place];
  }

  boolean fills(int token, int place) {
    return Arrays.binarySearch(filled[token], place) >= 0;
  }

  /** The index behind what fills the place: a model's name may have several words. */
  int behind(int token, int place) {
    return models[token] > token && modelPlaces[place] ? models[token] : token + 1;
  }

  boolean isOneClause(int token) {
    return tokens.get(token).clause() == tokens.get(token - 1).clause();
  }

  boolean isOneSentence(int token) {
    return tokens.get(token).sentence() == tokens.get(token - 1).sentence();
  }
}
