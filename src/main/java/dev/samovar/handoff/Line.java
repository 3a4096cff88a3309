package dev.samovar.handoff;

import dev.samovar.incidents.Place;
import dev.samovar.rota.Person;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A line of a handoff, in pieces that each face writes in its own way. */
public record Line(List<Piece> pieces) {

  /** A part of a line. */
  public sealed interface Piece {}

  /** Foreign or own words; to be escaped. */
  public record Words(String text) implements Piece {}

  /** Words that carry the line. */
  public record Strong(String text) implements Piece {}

  /**
   * A moment, in the reader's zone, or in these where a face knows no reader's.
   *
   * @param isSameDay whether its day has just been said
   */
  public record Moment(Instant at, List<ZoneId> zones, boolean isSameDay) implements Piece {
    public Moment {
      zones = List.copyOf(zones);
    }
  }

  /** A person by the face's id. */
  public record Who(Person person) implements Piece {}

  /** Where a face with room begins anew. */
  public record Break() implements Piece {}

  /** Words that lead to a thread, where the face has threads. */
  public record Talk(Place place, String text) implements Piece {}

  public Line {
    pieces = List.copyOf(pieces);
  }

  public static Line of(String words) {
    return new Line(List.of(new Words(words)));
  }

  static Line strong(String words) {
    return new Line(List.of(new Strong(words)));
  }

  Line and(String words) {
    return plus(new Words(words));
  }

  Line plus(Piece piece) {
    List<Piece> more = new ArrayList<>(pieces);
    more.add(piece);
    return new Line(more);
  }
}
