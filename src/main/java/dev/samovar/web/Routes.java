package dev.samovar.web;

import java.util.List;

/** Who has something to say on the server: a room offers its routes, the launcher hands them on. */
public interface Routes {
  List<Route> routes();
}
