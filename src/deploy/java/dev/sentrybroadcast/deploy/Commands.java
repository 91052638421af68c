package dev.sentrybroadcast.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The {@code sh} blocks of a page, each under its heading, and which of them were run. */
final class Commands {

  /** A heading, or a block with the paragraph before it. */
  private static final Pattern PART =
      Pattern.compile(
          "^#+ (?<heading>.+)$"
              + "|(?<before>^.*\\n)?\\n?^ *```(?<language>\\w*)\\n(?<text>(?:.*\\n)*?) *```$",
          Pattern.MULTILINE);

  private final String page;
  private final List<Block> blocks = new ArrayList<>();

  private record Block(String heading, String text, boolean onAwsOnly) {}

  private final List<Block> run = new ArrayList<>();

  private Commands(String page) {
    this.page = page;
  }

  static Commands of(String page) throws IOException {
    Commands commands = new Commands(page);
    String heading = "";
    for (MatchResult part : PART.matcher(Files.readString(Path.of(page))).results().toList()) {
      if (part.group("heading") != null) {
        heading = part.group("heading");
      } else if (part.group("language").equals("sh")) {
        String before = part.group("before");
        commands.blocks.add(
            new Block(
                heading, part.group("text"), before != null && before.contains("(AWS only)")));
      }
    }
    return commands;
  }

  /** The commands of a block, which counts as run from now on. */
  String take(String heading, int index) {
    Block block = blocks.stream().filter(b -> b.heading().equals(heading)).toList().get(index);
    run.add(block);
    return block.text();
  }

  /** The headings of blocks that were not run, though they are not marked as such. */
  List<String> left() {
    return blocks.stream()
        .filter(block -> !block.onAwsOnly() && !run.contains(block))
        .map(block -> page + ": " + block.heading())
        .toList();
  }
}
