package dev.samovar.repository;

/** One commit, its title and author as their forge has them: not yet fit to be shown. */
public record Commit(Revision revision, String title, String author) {}
