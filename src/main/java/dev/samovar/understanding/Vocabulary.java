package dev.samovar.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places in phrases where a word stands, each with a number, and which of them a word of a text
 * can fill. A tree of letters finds them in one pass over the word.
 */
final class Vocabulary {
  private static final int[] NONE = new int[0];

  /** People use few words; strange ones must not fill the memory. */
  private static final int MOST_REMEMBERED = 20_000;

  private static final int LONGEST_REMEMBERED = 32;

  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>();
    private int[] whole = NONE;
    private int[] beginning = NONE;
  }

  private final Map<Place, Integer> numbers = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final Node root = new Node();
  private int[] forModels = NONE;
  private int[] forNumbers = NONE;
  private final SortedSet<String> words = new TreeSet<>();

  /** What plain words fill, once all places are known. */
  private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

  /** The place's number; the same for equal places. */
  int number(Place place) {
    Integer known = numbers.get(place);
    if (known != null) {
      return known;
    }
    int number = places.size();
    numbers.put(place, number);
    places.add(place);
    for (String word : place.words()) {
      Node node = node(word);
      node.whole = with(node.whole, number);
    }
    for (String beginning : place.beginnings()) {
      Node node = node(beginning);
      node.beginning = with(node.beginning, number);
    }
    if (place.model()) {
      forModels = with(forModels, number);
    }
    if (!place.numbers().isEmpty()) {
      forNumbers = with(forNumbers, number);
    }
    words.addAll(place.words());
    return number;
  }

  int size() {
    return places.size();
  }

  /** Of which places a model's name may fill. */
  boolean[] modelPlaces() {
    boolean[] model = new boolean[places.size()];
    for (int i = 0; i < model.length; i++) {
      model[i] = places.get(i).model();
    }
    return model;
  }

  /** All whole words. */
  SortedSet<String> words() {
    return words;
  }

  private Node node(String word) {
    Node node = root;
    for (int i = 0; i < word.length(); i++) {
      node = node.next.computeIfAbsent(word.charAt(i), key -> new Node());
    }
    return node;
  }

  private static int[] with(int[] some, int another) {
    int[] more = Arrays.copyOf(some, some.length + 1);
    more[some.length] = another;
    return more;
  }

  /** The numbers of the places that the word can fill, ascending. Not to be changed. */
  int[] filledBy(Tokens.Token token, boolean isModel) {
    if (isModel || token.isNumber()) {
      return find(token, isModel);
    }
    int[] known = remembered.get(token.word());
    if (known != null) {
      return known;
    }
    int[] found = find(token, false);
    if (token.word().length() <= LONGEST_REMEMBERED && remembered.size() < MOST_REMEMBERED) {
      remembered.put(token.word(), found);
    }
    return found;
  }

  private int[] find(Tokens.Token token, boolean isModel) {
    String word = token.word();
    Numbers found = new Numbers();
    Node node = root;
    for (int i = 0; i < word.length() && node != null; i++) {
      node = node.next.get(word.charAt(i));
      if (node != null) {
        found.addAll(node.beginning);
      }
    }
    if (node != null) {
      found.addAll(node.whole);
    }
    if (isModel) {
      found.addAll(forModels);
    }
    if (token.isNumber()) {
      for (int number : forNumbers) {
        if (places.get(number).takes(word)) {
          found.add(number);
        }
      }
    }
    return found.ascending();
  }

  /** A growing array. */
  private static final class Numbers {
    private int[] values = new int[32];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    void addAll(int[] more) {
      for (int value : more) {
        add(value);
      }
    }

    int[] ascending() {
      int[] sorted = Arrays.copyOf(values, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
