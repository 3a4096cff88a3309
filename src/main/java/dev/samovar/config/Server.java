package dev.samovar.config;

import java.nio.file.Path;
import java.util.Optional;

/** Another program that is asked over HTTP, and as whom. */
public record Server(
    String url,
    Optional<Secret> token,
    Optional<String> username,
    Optional<Secret> password,
    Optional<Path> caFile) {

  static Server read(Section section) {
    section.required("url");
    Server server =
        new Server(
            section.url("url").orElse(""),
            section.secret("token"),
            section.text("username"),
            section.secret("password"),
            section.text("ca_file").map(Path::of));
    if (server.token().isPresent() && server.username().isPresent()) {
      section
          .entry("username")
          .ifPresent(entry -> entry.wrong("give token or username and password, not both"));
    }
    if (server.password().isPresent() && server.username().isEmpty()) {
      section.entry("password").ifPresent(entry -> entry.wrong("there is no username to it"));
    }
    section.end();
    return server;
  }
}
