package dev.samovar.http;

import dev.samovar.evidence.EvidenceException;
import dev.samovar.evidence.EvidenceException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** What kept a source from answering, each as one sentence that a person can act on. */
final class Complaints {
  private final HttpSettings settings;

  Complaints(HttpSettings settings) {
    this.settings = settings;
  }

  EvidenceException status(Question question, Reply reply) {
    String what = " the " + question.what();
    String body = reply.shown();
    String said = body.isEmpty() ? "" : ": " + body;
    if (reply.isUsedUp()) {
      return new EvidenceException(
          Kind.BROKEN,
          settings.name()
              + " is asked too often ("
              + reply.status()
              + "): its limit of requests is used up"
              + reply.renewed().map(at -> " until " + at).orElse("")
              + "; it left out"
              + what);
    }
    return switch (reply.status()) {
      case 401 ->
          new EvidenceException(
              Kind.DENIED,
              settings.name()
                  + " does not accept the credentials (401); check "
                  + settings.key()
                  + " in the configuration");
      case 403 ->
          new EvidenceException(Kind.DENIED, settings.name() + " refuses (403)" + what + said);
      case 301, 302, 303, 307, 308 ->
          new EvidenceException(
              Kind.BROKEN,
              settings.name()
                  + " redirects"
                  + what
                  + " to another address; check "
                  + settings.key()
                  + ".url (http or https, a login page in between?)");
      default ->
          new EvidenceException(
              Kind.BROKEN,
              settings.name() + " answered" + what + " with status " + reply.status() + said);
    };
  }

  EvidenceException noJson(Question question, String shown) {
    return new EvidenceException(
        Kind.BROKEN,
        "What "
            + settings.name()
            + " answered to the "
            + question.what()
            + " is no JSON ("
            + shown
            + "); is "
            + settings.key()
            + ".url right?");
  }

  EvidenceException unexpected(Question question, String wanted) {
    return new EvidenceException(
        Kind.BROKEN,
        "What "
            + settings.name()
            + " answered to the "
            + question.what()
            + " lacks "
            + wanted
            + "; is "
            + settings.key()
            + ".url right?");
  }

  EvidenceException resting(Question question, Duration left) {
    return EvidenceException.resting(
        settings.name()
            + " failed several times running and is left alone for another "
            + Math.max(1, left.toSeconds())
            + " s; not asked for the "
            + question.what());
  }

  EvidenceException late(Question question, Duration budget, IOException e) {
    return new EvidenceException(
        Kind.TIMEOUT,
        settings.name()
            + " did not answer the "
            + question.what()
            + " within "
            + budget.toMillis()
            + " ms",
        e);
  }

  EvidenceException interrupted(Question question, InterruptedException e) {
    return new EvidenceException(
        Kind.TIMEOUT, "Stopped while asking " + settings.name() + " for the " + question.what(), e);
  }

  EvidenceException broken(Question question, IOException e) {
    if (e instanceof UnknownHostException) {
      return new EvidenceException(
          Kind.UNREACHABLE, settings.name() + "'s host is unknown: " + e.getMessage(), e);
    }
    if (e instanceof SSLException) {
      return new EvidenceException(
          Kind.UNREACHABLE,
          "No trusted connection to "
              + settings.name()
              + ": "
              + e.getMessage()
              + "; is "
              + settings.key()
              + ".ca_file the right one?",
          e);
    }
    if (e instanceof ConnectException) {
      return new EvidenceException(
          Kind.UNREACHABLE,
          settings.name() + " can't be reached at " + settings.url() + ": " + e.getMessage(),
          e);
    }
    if (e instanceof ProtocolException) {
      return new EvidenceException(
          Kind.BROKEN,
          settings.name() + "'s answer to the " + question.what() + " is broken: " + e.getMessage(),
          e);
    }
    return new EvidenceException(
        Kind.UNREACHABLE,
        settings.name() + " broke off the answer to the " + question.what() + ": " + e.getMessage(),
        e);
  }
}
