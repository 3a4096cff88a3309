package dev.samovar.playground;

import com.fasterxml.jackson.databind.JsonNode;
import dev.samovar.playground.Node.Element;
import dev.samovar.standin.Channel;
import dev.samovar.standin.Member;
import dev.samovar.standin.Message;
import dev.samovar.standin.OpenView;
import dev.samovar.standin.Upload;
import dev.samovar.standin.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of the workspace a person sees. */
final class Rendering {
  private static final String BOT_NAME = "Samovar";

  private final Workspace workspace;
  private final Moments moments;
  private final Mrkdwn mrkdwn;
  private final BlockKit blocks;

  Rendering(Workspace workspace, Clock clock) {
    this.workspace = workspace;
    this.moments = new Moments(clock);
    this.mrkdwn = new Mrkdwn(id -> name(id).or(() -> channel(id)), moments);
    this.blocks = new BlockKit(mrkdwn, workspace::members, workspace::channels);
  }

  private Optional<String> name(String user) {
    return user.equals(Workspace.APP_USER)
        ? Optional.of(BOT_NAME)
        : member(user).map(Member::realName);
  }

  private Optional<String> channel(String id) {
    return workspace.channel(id).map(Channel::name);
  }

  private Optional<Member> member(String user) {
    return workspace.members().stream().filter(one -> one.id().equals(user)).findFirst();
  }

  /** A channel, or the direct messages with the app. */
  String place(Channel channel, String user) {
    List<Node> nodes = new ArrayList<>();
    String day = "";
    for (Message message : workspace.read(channel.id(), user)) {
      String its = day(message);
      if (!its.equals(day)) {
        nodes.add(Node.element("div", "day").with(Node.element("span").says(its)));
        day = its;
      }
      nodes.add(message(message, user));
    }
    return Node.html(nodes);
  }

  String day(Message message) {
    return moments.day(Moments.of(message.ts()));
  }

  String thread(String channel, String root, String user) {
    return Node.html(
        workspace.thread(channel, root, user).stream().map(one -> message(one, user)).toList());
  }

  String html(Message message, String user) {
    return Node.html(List.of(message(message, user)));
  }

  private Node message(Message message, String user) {
    Element article =
        Node.element("article", message.onlyFor().isPresent() ? "message only" : "message")
            .with("data-ts", message.ts())
            .with("data-thread", message.thread().orElse(""))
            .with("tabindex", "-1");
    return article.with(avatar(message.author()), body(message, user), tools(message, user));
  }

  private Node avatar(String user) {
    boolean isApp = user.equals(Workspace.APP_USER);
    int number = workspace.members().stream().map(Member::id).toList().indexOf(user);
    return Node.element("div", isApp ? "avatar app" : "avatar a" + Math.floorMod(number, 5))
        .with("aria-hidden", "true")
        .says(isApp ? "" : name(user).orElse("Slackbot").substring(0, 1));
  }

  private Node body(Message message, String user) {
    List<Node> parts = new ArrayList<>();
    if (message.onlyFor().isPresent()) {
      parts.add(Node.element("small", "note").says("Only visible to you"));
    }
    parts.add(head(message));
    parts.add(Node.element("div", "content").with(content(message)));
    parts.addAll(
        message.files().stream()
            .flatMap(id -> workspace.upload(id).stream())
            .map(Rendering::file)
            .toList());
    if (!message.reactions().isEmpty()) {
      parts.add(reactions(message.reactions()));
    }
    if (message.thread().isEmpty()) {
      replies(message, user).ifPresent(parts::add);
    }
    return Node.element("div", "body").with(parts);
  }

  private Node head(Message message) {
    Element head =
        Node.element("header")
            .with(Node.element("b").says(name(message.author()).orElse("Slackbot")));
    if (message.author().equals(Workspace.APP_USER)) {
      head = head.with(Node.element("span", "badge").says("APP"));
    }
    Instant at = Moments.of(message.ts());
    return head.with(
        Node.element("time")
            .with("datetime", at.toString())
            .with("title", moments.day(at) + " at " + moments.time(at))
            .says(moments.time(at)));
  }

  private List<Node> content(Message message) {
    JsonNode shown = message.blocks();
    if (shown.isArray() && !shown.isEmpty()) {
      return blocks.render(shown);
    }
    List<Node> words = new ArrayList<>(mrkdwn.render(message.text()));
    if (message.edited().isPresent()) {
      words.add(Node.element("small", "edited").says(" (edited)"));
    }
    return words;
  }

  private static Node file(Upload file) {
    Element shown = Node.element("div", "picture");
    if (!file.title().isEmpty()) {
      shown = shown.with(Node.element("small").says(file.title()));
    }
    return Pictures.type(file.content()).isPresent()
        ? shown.with(
            Node.element("img")
                .with("src", "/file/" + file.id())
                .with("alt", file.alt().isEmpty() ? file.title() : file.alt()))
        : shown.with(Node.element("span").says(file.name()));
  }

  private Node reactions(Map<String, List<String>> reactions) {
    List<Node> pills = new ArrayList<>();
    reactions.forEach(
        (name, users) ->
            pills.add(
                Node.element("span", "reaction")
                    .with(
                        "title",
                        users.stream()
                            .map(one -> name(one).orElse(one))
                            .collect(Collectors.joining(", ")))
                    .with(Emoji.node(name), Node.text(" " + users.size()))));
    return Node.element("div", "reactions").with(pills);
  }

  private Optional<Node> replies(Message message, String user) {
    List<Message> answers =
        workspace.thread(message.channel(), message.ts(), user).stream()
            .filter(one -> one.thread().isPresent())
            .toList();
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    Message last = answers.get(answers.size() - 1);
    return Optional.of(
        Node.element("button", "replies")
            .with("type", "button")
            .with("data-open-thread", message.ts())
            .with(
                Node.element("b")
                    .says(answers.size() == 1 ? "1 reply" : answers.size() + " replies"),
                Node.element("small").says(" Last at " + moments.time(Moments.of(last.ts())))));
  }

  private static Node tools(Message message, String user) {
    List<Node> tools = new ArrayList<>();
    if (message.onlyFor().isPresent()) {
      tools.add(tool("remove", "Dismiss", message));
    } else {
      tools.add(tool("thread", "Reply in thread", message));
      if (!message.author().equals(Workspace.APP_USER)) {
        tools.add(tool("triage", "Triage this", message));
      }
      if (message.author().equals(user)) {
        tools.add(tool("edit", "Edit", message));
        tools.add(tool("remove", "Delete", message));
      }
    }
    return Node.element("div", "tools").with(tools);
  }

  private static Node tool(String what, String words, Message message) {
    return Node.element("button")
        .with("type", "button")
        .with("data-tool", what)
        .with("data-of", what.equals("thread") ? message.root() : message.ts())
        .says(words);
  }

  /** A modal; empty where none is open. */
  String modal(String user) {
    return workspace.modal(user).map(this::modal).orElse("");
  }

  private String modal(OpenView view) {
    JsonNode content = view.content();
    String close = content.at("/close/text").asText();
    String submit = content.at("/submit/text").asText();
    Element buttons =
        Node.element("footer")
            .with(
                Node.element("button", "plain")
                    .with("type", "button")
                    .with("data-close", "")
                    .says(close.isEmpty() ? "Cancel" : close));
    if (!submit.isEmpty()) {
      buttons = buttons.with(Node.element("button", "primary").with("type", "submit").says(submit));
    }
    List<Node> body = new ArrayList<>();
    Optional.ofNullable(view.complaints().get(""))
        .ifPresent(
            words -> body.add(Node.element("p", "complaint").with("role", "alert").says(words)));
    body.addAll(blocks.render(content.path("blocks"), view.complaints()));
    return Node.html(
        List.of(
            Node.element("form")
                .with("data-view", view.id())
                .with(
                    Node.element("h2")
                        .with("id", "modal-title")
                        .says(content.at("/title/text").asText()),
                    Node.element("div", "sheet").with(body),
                    buttons)));
  }

  /** The app's home. */
  String home(String user) {
    return workspace
        .home(user)
        .map(
            view ->
                Node.html(
                    List.of(
                        Node.element("div", "home")
                            .with("data-view", view.id())
                            .with(blocks.render(view.content().path("blocks"))))))
        .orElseGet(
            () ->
                Node.html(List.of(Node.element("p", "unknown").says("Samovar opens its home …"))));
  }
}
