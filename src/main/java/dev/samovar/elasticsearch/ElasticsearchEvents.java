package dev.samovar.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionBoostMode;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.samovar.evidence.Binning;
import dev.samovar.evidence.Catalog;
import dev.samovar.evidence.Condition;
import dev.samovar.evidence.Dataset;
import dev.samovar.evidence.Event;
import dev.samovar.evidence.Events;
import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.Histogram;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Profile;
import dev.samovar.evidence.Query;
import dev.samovar.evidence.Series;
import dev.samovar.evidence.Tally;
import dev.samovar.evidence.ValueCount;
import dev.samovar.evidence.Window;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The events of one investigation: what the indices hold is looked up once. */
final class ElasticsearchEvents implements Events, Distributions.Source {
  private static final String SEED = "20261124";
  private static final String WINDOWS = "windows";

  /** Lines a shard whose words are read. */
  private static final int READ = 5_000;

  private final Searcher searcher;
  private final KibanaLinks links;
  private final Sampling sampling;
  private final Map<List<Object>, List<Long>> counted = new ConcurrentHashMap<>();
  private final Map<Dataset, Mappings> looked = new EnumMap<>(Dataset.class);
  private final Map<Dataset, Object> locks = new EnumMap<>(Dataset.class);

  ElasticsearchEvents(Searcher searcher, KibanaLinks links, Sampling sampling) {
    this.searcher = searcher;
    this.links = links;
    this.sampling = sampling;
    for (Dataset dataset : Dataset.values()) {
      locks.put(dataset, new Object());
    }
  }

  @Override
  public Catalog catalog(Model model, Dataset dataset) throws EvidenceException {
    return mappings(model, dataset).catalog();
  }

  private Mappings mappings(Model model, Dataset dataset) throws EvidenceException {
    synchronized (locks.getOrDefault(dataset, this)) {
      Mappings known = looked.get(dataset);
      if (known == null) {
        known = Mappings.read(searcher, model, dataset);
        looked.put(dataset, known);
      }
      return known;
    }
  }

  @Override
  public List<Tally> tally(Query query, List<Window> windows, Map<String, Condition> conditions)
      throws EvidenceException {
    Mappings mappings = mappings(query.model(), query.dataset());
    List<String> names = List.copyOf(new TreeMap<>(conditions).keySet());
    if (mappings.catalog().isEmpty()) {
      Map<String, Long> none = new HashMap<>();
      names.forEach(name -> none.put(name, 0L));
      return java.util.Collections.nCopies(windows.size(), new Tally(0, none));
    }
    Conditions writer = new Conditions(mappings);
    Map<String, Aggregation> below = new HashMap<>();
    if (!names.isEmpty()) {
      below.put(
          "cases",
          Aggregations.filters(
              names.stream()
                  .map(name -> writer.write(conditions.getOrDefault(name, Condition.everything())))
                  .toList(),
              Map.of()));
    }
    List<Tally> tallies = new ArrayList<>();
    for (FiltersBucket window : byWindow(query, writer, windows, below)) {
      Map<String, Long> matching = new HashMap<>();
      if (!names.isEmpty()) {
        List<FiltersBucket> cases =
            Aggregations.buckets(
                Aggregations.get(window.aggregations(), "cases").filters(), names.size());
        for (int i = 0; i < names.size(); i++) {
          matching.put(names.get(i), cases.get(i).docCount());
        }
      }
      tallies.add(new Tally(window.docCount(), matching));
    }
    return tallies;
  }

  @Override
  public List<Profile> profiles(Query query, List<String> fields, List<Window> windows)
      throws EvidenceException {
    return new Distributions(mappings(query.model(), query.dataset()), this, sampling)
        .profiles(query, fields, windows);
  }

  @Override
  public List<List<Histogram>> histograms(Query query, List<Binning> binnings, List<Window> windows)
      throws EvidenceException {
    return new Distributions(mappings(query.model(), query.dataset()), this, sampling)
        .histograms(query, binnings, windows);
  }

  /** One bucket a window; a single one for all time where there are no windows. */
  private List<FiltersBucket> byWindow(
      Query query, Conditions writer, List<Window> windows, Map<String, Aggregation> below)
      throws EvidenceException {
    return byWindow(query, writer, windows, below, 1);
  }

  @Override
  public List<FiltersBucket> byWindow(
      Query query,
      Conditions writer,
      List<Window> windows,
      Map<String, Aggregation> below,
      double share)
      throws EvidenceException {
    List<co.elastic.clients.elasticsearch._types.query_dsl.Query> times =
        windows.isEmpty()
            ? List.of(writer.write(Condition.everything()))
            : windows.stream().map(writer::within).toList();
    Aggregation filters = Aggregations.filters(times, below);
    boolean isSampled = share < 1;
    Map<String, Aggregate> answer =
        searcher
            .aggregate(
                query.model().index(query.dataset()),
                request ->
                    request
                        .query(
                            Conditions.all(
                                List.of(
                                    writer.scope(query),
                                    writer.write(query.where()),
                                    Conditions.any(times))))
                        .aggregations(
                            isSampled ? Sampling.NAME : WINDOWS,
                            isSampled ? Sampling.of(share, Map.of(WINDOWS, filters)) : filters))
            .aggregations();
    Map<String, Aggregate> found =
        isSampled ? Sampling.below(Aggregations.get(answer, Sampling.NAME)) : answer;
    return Aggregations.buckets(Aggregations.get(found, WINDOWS).filters(), times.size());
  }

  @Override
  public List<Long> counts(Query query, Conditions writer, List<Window> windows)
      throws EvidenceException {
    List<Object> key = List.of(query, windows);
    List<Long> known = counted.get(key);
    if (known == null) {
      known =
          byWindow(query, writer, windows, Map.of()).stream().map(FiltersBucket::docCount).toList();
      counted.put(key, known);
    }
    return known;
  }

  @Override
  public List<Series> series(Query query, List<Condition> conditions, Window horizon, Duration step)
      throws EvidenceException {
    Mappings mappings = mappings(query.model(), query.dataset());
    Conditions writer = new Conditions(mappings);
    long millis = step.toMillis();
    long start = horizon.from().toEpochMilli();
    Aggregation histogram =
        Aggregation.of(
            a ->
                a.dateHistogram(
                        dates ->
                            dates
                                .field(mappings.time())
                                .fixedInterval(interval -> interval.time(millis + "ms"))
                                .offset(offset -> offset.time(Math.floorMod(start, millis) + "ms"))
                                .minDocCount(1))
                    .aggregations(
                        "cases",
                        Aggregations.filters(
                            conditions.stream().map(writer::write).toList(), Map.of())));
    Aggregate answer =
        Aggregations.get(
            searcher
                .aggregate(
                    query.model().index(query.dataset()),
                    request ->
                        request
                            .query(
                                Conditions.all(
                                    List.of(
                                        writer.scope(query),
                                        writer.write(query.where()),
                                        writer.within(horizon))))
                            .aggregations("time", histogram))
                .aggregations(),
            "time");
    int steps = Math.toIntExact(Math.max(1, (horizon.length().toMillis() + millis - 1) / millis));
    long[] totals = new long[steps];
    long[][] matching = new long[conditions.size()][steps];
    for (DateHistogramBucket bucket : answer.dateHistogram().buckets().array()) {
      int index = (int) Math.floorDiv(bucket.key() - start, millis);
      if (index < 0 || index >= steps) {
        continue;
      }
      totals[index] = bucket.docCount();
      List<FiltersBucket> cases =
          Aggregations.buckets(
              Aggregations.get(bucket.aggregations(), "cases").filters(), conditions.size());
      for (int i = 0; i < matching.length; i++) {
        matching[i][index] = cases.get(i).docCount();
      }
    }
    List<Series> series = new ArrayList<>();
    for (long[] counts : matching) {
      series.add(new Series(horizon.from(), step, boxed(totals), boxed(counts)));
    }
    return series;
  }

  private static List<Long> boxed(long[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  @Override
  public List<ValueCount> values(Query query, String field, Optional<Window> window, int limit)
      throws EvidenceException {
    Mappings mappings = mappings(query.model(), query.dataset());
    Optional<Mapping> mapping = mappings.of(field);
    if (mapping.isEmpty()
        || mapping.get().kind() == Catalog.Kind.TEXT
        || mapping.get().kind() == Catalog.Kind.CONFLICT) {
      return List.of();
    }
    Conditions writer = new Conditions(mappings);
    Aggregation terms =
        Aggregation.of(
            a ->
                a.terms(t -> t.field(mapping.get().countable()).size(limit).shardSize(limit * 4))
                    .aggregations("first", f -> f.min(m -> m.field(mappings.time())))
                    .aggregations("last", l -> l.max(m -> m.field(mappings.time()))));
    FiltersBucket bucket =
        byWindow(query, writer, window.map(List::of).orElse(List.of()), Map.of("values", terms))
            .get(0);
    return Aggregations.terms(Aggregations.get(bucket.aggregations(), "values")).terms().stream()
        .map(
            term ->
                new ValueCount(
                    term.value(),
                    term.bucket().docCount(),
                    instant(Aggregations.get(term.bucket().aggregations(), "first").min().value()),
                    instant(Aggregations.get(term.bucket().aggregations(), "last").max().value())))
        .toList();
  }

  @Override
  public List<String> telling(
      Query query, String field, Window window, List<Window> background, int limit)
      throws EvidenceException {
    Mappings mappings = mappings(query.model(), query.dataset());
    Optional<Mapping> mapping = mappings.of(field).filter(Mapping::isText);
    if (mapping.isEmpty()) {
      return List.of();
    }
    Conditions writer = new Conditions(mappings);
    List<co.elastic.clients.elasticsearch._types.query_dsl.Query> times = new ArrayList<>();
    times.add(writer.within(window));
    background.forEach(other -> times.add(writer.within(other)));
    Aggregation words =
        Aggregation.of(
            a ->
                a.significantText(
                    text ->
                        text.field(mapping.get().base())
                            .size(limit)
                            .backgroundFilter(
                                Conditions.all(
                                    List.of(
                                        writer.scope(query),
                                        writer.write(query.where()),
                                        Conditions.any(times))))));
    Aggregation sampled =
        Aggregation.of(
            a -> a.sampler(sampler -> sampler.shardSize(READ)).aggregations("words", words));
    FiltersBucket bucket =
        byWindow(query, writer, List.of(window), Map.of("sample", sampled)).get(0);
    Aggregate found =
        Aggregations.get(
            Aggregations.get(bucket.aggregations(), "sample").sampler().aggregations(), "words");
    return found.isSigsterms()
        ? found.sigsterms().buckets().array().stream().map(word -> word.key()).toList()
        : List.of();
  }

  private static Instant instant(@org.jspecify.annotations.Nullable Double millis) {
    return millis == null || !Double.isFinite(millis)
        ? Instant.EPOCH
        : Instant.ofEpochMilli(millis.longValue());
  }

  @Override
  public List<Event> newest(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    Mappings mappings = mappings(query.model(), query.dataset());
    return events(
        query,
        window,
        fields,
        limit,
        mappings,
        inWindow ->
            inWindow.sort(
                sort ->
                    sort.field(
                        f ->
                            f.field(mappings.time())
                                .order(SortOrder.Desc)
                                .unmappedType(
                                    co.elastic.clients.elasticsearch._types.mapping.FieldType
                                        .Date))));
  }

  @Override
  public List<Event> sample(Query query, Window window, List<String> fields, int limit)
      throws EvidenceException {
    return events(
        query,
        window,
        fields,
        limit,
        mappings(query.model(), query.dataset()),
        UnaryOperator.identity());
  }

  private List<Event> events(
      Query query,
      Window window,
      List<String> fields,
      int limit,
      Mappings mappings,
      UnaryOperator<SearchRequest.Builder> order)
      throws EvidenceException {
    Conditions writer = new Conditions(mappings);
    Map<String, String> actual = new TreeMap<>();
    for (String field : fields) {
      mappings.of(field).ifPresent(mapping -> actual.put(field, mapping.base()));
    }
    co.elastic.clients.elasticsearch._types.query_dsl.Query which =
        Conditions.all(
            List.of(writer.scope(query), writer.write(query.where()), writer.within(window)));
    List<Hit<Void>> hits =
        searcher
            .search(
                query.model().index(query.dataset()),
                request ->
                    order
                        .apply(request)
                        .size(limit)
                        .source(source -> source.fetch(false))
                        .query(
                            q ->
                                q.functionScore(
                                    score ->
                                        score
                                            .query(which)
                                            .boostMode(FunctionBoostMode.Replace)
                                            .functions(
                                                f ->
                                                    f.randomScore(
                                                        r -> r.seed(SEED).field("_seq_no")))))
                        .fields(
                            f -> f.field(mappings.time()).format("strict_date_optional_time_nanos"))
                        .fields(
                            actual.values().stream()
                                .map(
                                    name ->
                                        co.elastic.clients.elasticsearch._types.query_dsl
                                            .FieldAndFormat.of(f -> f.field(name)))
                                .toList()))
            .hits()
            .hits();
    List<Event> events = new ArrayList<>();
    for (Hit<Void> hit : hits) {
      Map<String, List<String>> values = new HashMap<>();
      actual.forEach(
          (canonical, name) -> {
            JsonData data = hit.fields().get(name);
            List<String> found = strings(data);
            if (!found.isEmpty()) {
              values.put(canonical, found);
            }
            below(canonical, data, values);
          });
      List<String> time = strings(hit.fields().get(mappings.time()));
      events.add(new Event(time.isEmpty() ? window.from() : Instant.parse(time.get(0)), values));
    }
    return events;
  }

  /** A flattened field comes back as objects: each of their entries is a field of its own. */
  private static void below(
      String canonical,
      @org.jspecify.annotations.Nullable JsonData data,
      Map<String, List<String>> values) {
    if (data == null || data.toJson().getValueType() != JsonValue.ValueType.ARRAY) {
      return;
    }
    for (JsonValue value : data.toJson().asJsonArray()) {
      if (value.getValueType() == JsonValue.ValueType.OBJECT) {
        value
            .asJsonObject()
            .forEach(
                (key, entry) -> values.put(canonical + "." + key, strings(JsonData.of(entry))));
      }
    }
  }

  private static List<String> strings(@org.jspecify.annotations.Nullable JsonData data) {
    if (data == null) {
      return List.of();
    }
    JsonValue json = data.toJson();
    List<JsonValue> values =
        json.getValueType() == JsonValue.ValueType.ARRAY
            ? json.asJsonArray()
            : Collections.singletonList(json);
    return values.stream()
        .filter(value -> value.getValueType() != JsonValue.ValueType.NULL)
        .map(
            value ->
                value instanceof jakarta.json.JsonString string
                    ? string.getString()
                    : value.toString())
        .toList();
  }

  @Override
  public Optional<String> link(Query query, Window window) {
    return links.discover(query, window);
  }
}
