package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.AggregationRange;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersBucket;
import co.elastic.clients.elasticsearch._types.aggregations.RangeBucket;
import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog.Kind;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How the values of fields are distributed, a group of fields in one request. */
final class Distributions {
  /** A new value is named where so many rows, and such a share of those with new ones, have it. */
  private static final long FEWEST_TOLD = 20;

  private static final double SHARE_TOLD = 0.02;

  /** Keeps a request under Elasticsearch's 65,536 buckets: 40 fields × 9 windows × about 60. */
  private static final int FIELDS_A_REQUEST = 40;

  private static final int VALUES = 50;

  /** More than any binning by values has bins, so that new values show beside the known ones. */
  private static final int COUNTED_VALUES = 120;

  private static final List<Double> DECILES = List.of(10., 20., 30., 40., 50., 60., 70., 80., 90.);

  /** Where the events are. */
  interface Source {
    /** One bucket a window, of a share of the events. */
    List<FiltersBucket> byWindow(
        Query query,
        Conditions writer,
        List<Window> windows,
        Map<String, Aggregation> below,
        double share)
        throws EvidenceException;

    /** How many events each window has; without windows, how many there are. */
    List<Long> counts(Query query, Conditions writer, List<Window> windows)
        throws EvidenceException;
  }

  private final Mappings mappings;
  private final Conditions writer;
  private final Source source;
  private final Sampling sampling;

  Distributions(Mappings mappings, Source source, Sampling sampling) {
    this.mappings = mappings;
    this.writer = new Conditions(mappings);
    this.source = source;
    this.sampling = sampling;
  }

  List<Profile> profiles(Query query, List<String> fields, List<Window> windows)
      throws EvidenceException {
    List<Profile> profiles = new ArrayList<>();
    // Together they need no more than one window does: edges are chosen, nothing is decided.
    long all = source.counts(query, writer, windows).stream().mapToLong(Long::longValue).sum();
    double share = sampling.share(all);
    for (List<String> group : groups(fields)) {
      Map<String, Aggregate> shapes = overAll(query, windows, shapes(group), share);
      Map<String, Aggregation> values = new HashMap<>();
      for (String field : group) {
        Optional<Mapping> mapping = countable(field);
        if (mapping.isPresent() && distinct(shapes, field) <= VALUES) {
          values.put("values:" + field, values(mapping.get(), VALUES));
        }
      }
      // The commonest values of a number are only counted where it takes few.
      Map<String, Aggregate> counted =
          values.isEmpty() ? Map.of() : overAll(query, windows, values, share);
      for (String field : group) {
        countable(field)
            .ifPresent(mapping -> profiles.add(profile(field, mapping, shapes, counted)));
      }
    }
    return profiles;
  }

  private Map<String, Aggregate> overAll(
      Query query, List<Window> windows, Map<String, Aggregation> below, double share)
      throws EvidenceException {
    Aggregation together =
        Aggregations.filters(
            List.of(
                windows.isEmpty()
                    ? writer.write(query.where())
                    : Conditions.any(windows.stream().map(writer::within).toList())),
            below);
    Map<String, Aggregate> answer =
        source
            .byWindow(query, writer, List.of(), Map.of("together", together), share)
            .get(0)
            .aggregations();
    return Aggregations.buckets(Aggregations.get(answer, "together").filters(), 1)
        .get(0)
        .aggregations();
  }

  private Map<String, Aggregation> shapes(List<String> group) {
    Map<String, Aggregation> shapes = new HashMap<>();
    for (String field : group) {
      countable(field)
          .ifPresent(
              mapping -> {
                String name = mapping.countable();
                shapes.put(
                    "distinct:" + field,
                    Aggregation.of(
                        a -> a.cardinality(c -> c.field(name).precisionThreshold(3000))));
                if (mapping.kind() == Kind.NUMBER) {
                  shapes.put("stats:" + field, Aggregation.of(a -> a.stats(s -> s.field(name))));
                  shapes.put(
                      "deciles:" + field,
                      Aggregation.of(
                          a -> a.percentiles(p -> p.field(name).percents(DECILES).keyed(false))));
                } else {
                  shapes.put(
                      "count:" + field, Aggregation.of(a -> a.valueCount(v -> v.field(name))));
                }
              });
    }
    return shapes;
  }

  private static long distinct(Map<String, Aggregate> shapes, String field) {
    return Aggregations.get(shapes, "distinct:" + field).cardinality().value();
  }

  private static Profile profile(
      String field,
      Mapping mapping,
      Map<String, Aggregate> shapes,
      Map<String, Aggregate> counted) {
    Aggregate values = counted.get("values:" + field);
    List<String> commonest =
        values == null
            ? List.of()
            : Aggregations.terms(values).terms().stream()
                .map(Aggregations.Term::value)
                .distinct()
                .toList();
    long distinct = distinct(shapes, field);
    if (mapping.kind() != Kind.NUMBER) {
      long count = (long) Aggregations.get(shapes, "count:" + field).valueCount().value();
      return new Profile(
          field, mapping.kind(), count, distinct, List.of(), Double.NaN, Double.NaN, commonest);
    }
    var stats = Aggregations.get(shapes, "stats:" + field).stats();
    List<Double> deciles = new ArrayList<>();
    if (stats.count() > 0) {
      Aggregations.get(shapes, "deciles:" + field)
          .tdigestPercentiles()
          .values()
          .array()
          .forEach(
              item -> {
                Double value = item.value();
                if (value != null && Double.isFinite(value)) {
                  deciles.add(value);
                }
              });
    }
    return new Profile(
        field,
        Kind.NUMBER,
        stats.count(),
        distinct,
        deciles,
        stats.count() == 0 ? Double.NaN : stats.min(),
        stats.count() == 0 ? Double.NaN : stats.max(),
        commonest);
  }

  List<List<Histogram>> histograms(Query query, List<Binning> binnings, List<Window> windows)
      throws EvidenceException {
    List<Long> events = source.counts(query, writer, windows);
    Map<Double, List<Integer>> byShare = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      byShare.computeIfAbsent(sampling.share(events.get(i)), share -> new ArrayList<>()).add(i);
    }
    List<List<Histogram>> byWindow = new ArrayList<>();
    events.forEach(window -> byWindow.add(new ArrayList<>()));
    for (List<Binning> group : groups(binnings)) {
      Map<String, Aggregation> below = new HashMap<>();
      for (Binning binning : group) {
        countable(binning.field()).ifPresent(mapping -> count(binning, mapping, below));
      }
      for (Map.Entry<Double, List<Integer>> alike : byShare.entrySet()) {
        double share = alike.getKey();
        List<Window> asked =
            windows.isEmpty() ? windows : alike.getValue().stream().map(windows::get).toList();
        List<FiltersBucket> buckets = source.byWindow(query, writer, asked, below, share);
        for (int i = 0; i < buckets.size(); i++) {
          FiltersBucket bucket = buckets.get(i);
          for (Binning binning : group) {
            byWindow
                .get(alike.getValue().get(i))
                .add(read(binning, bucket.docCount(), bucket.aggregations(), share));
          }
        }
      }
    }
    return byWindow;
  }

  private static void count(Binning binning, Mapping mapping, Map<String, Aggregation> below) {
    String field = binning.field();
    if (binning instanceof Binning.Edges edges) {
      below.put("bins:" + field, ranges(mapping, edges));
    } else {
      below.put("bins:" + field, values(mapping, COUNTED_VALUES));
    }
    // Not the aggregation of that name: a sample knows none.
    below.put("missing:" + field, Aggregation.of(a -> a.filter(Conditions.absent(mapping))));
    below.put("invalid:" + field, Aggregation.of(a -> a.filter(Conditions.ignored(mapping))));
  }

  private static Aggregation ranges(Mapping mapping, Binning.Edges edges) {
    List<AggregationRange> ranges = new ArrayList<>();
    List<Double> at = edges.edges();
    ranges.add(AggregationRange.of(r -> r.key("below").to(at.get(0))));
    for (int i = 0; i < edges.size(); i++) {
      double from = at.get(i);
      double to = i == edges.size() - 1 ? Math.nextUp(at.get(i + 1)) : at.get(i + 1);
      String key = "bin" + i;
      ranges.add(AggregationRange.of(r -> r.key(key).from(from).to(to)));
    }
    ranges.add(AggregationRange.of(r -> r.key("above").from(Math.nextUp(at.get(edges.size())))));
    return Aggregation.of(a -> a.range(r -> r.field(mapping.countable()).ranges(ranges)));
  }

  private static Aggregation values(Mapping mapping, int size) {
    return Aggregation.of(
        a -> a.terms(t -> t.field(mapping.countable()).size(size).shardSize(size * 10)));
  }

  private static Histogram read(
      Binning binning, long total, Map<String, Aggregate> answers, double share) {
    Aggregate missingAnswer = answers.get("missing:" + binning.field());
    if (missingAnswer == null) {
      long all = Sampling.lookedAt(total, share);
      return new Histogram(binning, zeros(binning.size()), all, 0, 0, 0, 0, "", share);
    }
    long invalid = Aggregations.get(answers, "invalid:" + binning.field()).filter().docCount();
    long missing = Math.max(0, missingAnswer.filter().docCount() - invalid);
    Aggregate bins = Aggregations.get(answers, "bins:" + binning.field());
    Histogram counted =
        binning instanceof Binning.Edges edges
            ? readEdges(edges, bins, missing, invalid)
            : readValues((Binning.Values) binning, bins, missing, invalid);
    return share < 1 ? lookedAt(counted, share) : counted;
  }

  private static Histogram lookedAt(Histogram all, double share) {
    return new Histogram(
        all.binning(),
        all.counts().stream().map(count -> Sampling.lookedAt(count, share)).toList(),
        Sampling.lookedAt(all.missing(), share),
        Sampling.lookedAt(all.invalid(), share),
        Sampling.lookedAt(all.below(), share),
        Sampling.lookedAt(all.above(), share),
        Sampling.lookedAt(all.unseen(), share),
        all.unseenValue(),
        share);
  }

  private static Histogram readEdges(
      Binning.Edges binning, Aggregate answer, long missing, long invalid) {
    Map<String, Long> counts = new TreeMap<>();
    for (RangeBucket bucket : answer.range().buckets().array()) {
      String key = bucket.key();
      if (key != null) {
        counts.put(key, bucket.docCount());
      }
    }
    List<Long> bins = new ArrayList<>();
    for (int i = 0; i < binning.size(); i++) {
      bins.add(counts.getOrDefault("bin" + i, 0L));
    }
    return new Histogram(
        binning,
        bins,
        missing,
        invalid,
        counts.getOrDefault("below", 0L),
        counts.getOrDefault("above", 0L),
        0,
        "");
  }

  private static Histogram readValues(
      Binning.Values binning, Aggregate answer, long missing, long invalid) {
    Aggregations.Terms terms = Aggregations.terms(answer);
    Map<String, Long> counts = new HashMap<>();
    long unseen = terms.others();
    String commonest = "";
    long most = 0;
    Set<String> known = new HashSet<>(binning.values());
    for (Aggregations.Term term : terms.terms()) {
      long count = term.bucket().docCount();
      if (known.contains(term.value())) {
        counts.merge(term.value(), count, Long::sum);
      } else {
        unseen += count;
        if (count > most) {
          most = count;
          commonest = term.value();
        }
      }
    }
    return new Histogram(
        binning,
        binning.values().stream().map(value -> counts.getOrDefault(value, 0L)).toList(),
        missing,
        invalid,
        0,
        0,
        unseen,
        // One of many that few rows have tells of those rows, not of the field.
        most >= FEWEST_TOLD && most >= SHARE_TOLD * unseen ? commonest : "");
  }

  private static List<Long> zeros(int size) {
    return java.util.Collections.nCopies(size, 0L);
  }

  private Optional<Mapping> countable(String field) {
    return mappings
        .of(field)
        .filter(
            mapping ->
                mapping.kind() == Kind.NUMBER
                    || mapping.kind() == Kind.KEYWORD
                    || mapping.kind() == Kind.BOOLEAN);
  }

  private static <T> List<List<T>> groups(List<T> all) {
    List<List<T>> groups = new ArrayList<>();
    for (int i = 0; i < all.size(); i += FIELDS_A_REQUEST) {
      groups.add(all.subList(i, Math.min(all.size(), i + FIELDS_A_REQUEST)));
    }
    return groups;
  }
}
