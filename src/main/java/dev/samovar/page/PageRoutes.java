package dev.samovar.page;

import dev.samovar.incidents.Incident;
import dev.samovar.incidents.Incidents;
import dev.samovar.incidents.Publication;
import dev.samovar.web.Answer;
import dev.samovar.web.Call;
import dev.samovar.web.Route;
import dev.samovar.web.Routes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Shows an incident's page to who has a link that is good. To all others it says the same few
 * words, and not often.
 */
public final class PageRoutes implements Routes {
  /** Links that lead nowhere, of an address, in a minute. */
  private static final int MOST_MISSES = 30;

  /** Pages of an incident in a minute: drawing costs more than reading. */
  private static final int MOST_PAGES = 60;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", Style.servedPolicy(),
          "Referrer-Policy", "no-referrer",
          "X-Robots-Tag", "noindex, nofollow, noarchive",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Cache-Control", "private, no-store");

  private final PageLinks links;
  private final ReportPage page;
  private final Incidents incidents;
  private final BooleanSupplier forgetful;
  private final Clock clock;
  private final Turnstile misses = new Turnstile(MOST_MISSES);
  private final Turnstile pages = new Turnstile(MOST_PAGES);

  /**
   * @param forgetful whether the store is away, so that what is not found may be there
   */
  public PageRoutes(
      PageLinks links,
      ReportPage page,
      Incidents incidents,
      BooleanSupplier forgetful,
      Clock clock) {
    this.links = links;
    this.page = page;
    this.incidents = incidents;
    this.forgetful = forgetful;
    this.clock = clock;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get(PageLinks.PATH + "{token}", this::show));
  }

  private Answer show(Call call) {
    Instant now = clock.instant();
    Optional<PageLinks.Ticket> ticket = links.read(call.parts().getOrDefault("token", ""));
    if (ticket.isEmpty()) {
      return misses.passes(call.from(), now) ? nothing() : tooMany(now);
    }
    if (!pages.passes(ticket.get().id(), now)) {
      return tooMany(now);
    }
    return now.isBefore(ticket.get().end()) ? show(ticket.get()) : gone();
  }

  private Answer show(PageLinks.Ticket ticket) {
    Optional<Incident> incident = incidents.find(ticket.id());
    if (incident.isEmpty()) {
      return forgetful.getAsBoolean() ? away() : gone();
    }
    Publication publication = Publication.of(incident.get());
    if (publication.revoked()
        || publication.edition() != ticket.edition()
        || incident.get().report().isEmpty()) {
      return gone();
    }
    return html(200, page.of(incident.get(), incident.get().report().get(), ticket.end()));
  }

  private static Answer nothing() {
    return notice(404, "There is nothing here", "Is the whole link in the address bar?");
  }

  private static Answer gone() {
    return notice(
        410,
        "This link has ended",
        "Links to reports last for a while only. The thread it came from may have a new one.");
  }

  private static Answer away() {
    return notice(503, "Not just now", "The reports can't be read for the moment. Try again soon.")
        .with("Retry-After", "60");
  }

  private static Answer tooMany(Instant now) {
    return notice(429, "Too many at once", "Try again in a minute.")
        .with("Retry-After", Turnstile.wait(now));
  }

  private static Answer notice(int status, String title, String says) {
    return html(status, ReportPage.notice(title, says));
  }

  private static Answer html(int status, String page) {
    Answer answer = Answer.of(status, "text/html; charset=utf-8", page);
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }
}
