package dev.sentrybroadcast.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The repository's template and pages; of CloudFormation's short forms the argument is left. */
final class Template {

  static final JsonNode ROOT = YAMLMapper.shared().readTree(text("template.yaml"));
  static final JsonNode RESOURCES = ROOT.get("Resources");

  private Template() {}

  /** A file of the repository. */
  static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  static JsonNode properties(String resource) {
    return RESOURCES.path(resource).path("Properties");
  }

  /** Name to properties of the resources of a type. */
  static Map<String, JsonNode> ofType(String type) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    RESOURCES.forEachEntry((name, resource) -> {
      if (resource.path("Type").asString("").equals(type)) {
        found.put(name, resource.path("Properties"));
      }
    });
    return found;
  }

  /** The cells of the rows whose first cell is code, of all tables under a heading of a page. */
  static List<List<String>> rows(String file, String heading) {
    List<List<String>> rows = new ArrayList<>();
    boolean under = false;
    for (String line : text(file).lines().toList()) {
      if (line.startsWith("#")) {
        under = line.replace("#", "").strip().equals(heading);
      } else if (under && line.startsWith("| `")) {
        rows.add(cells(line));
      }
    }
    return rows;
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    for (String cell : row.substring(1, row.lastIndexOf('|')).split("\\|", -1)) {
      cells.add(cell.strip().replace("`", ""));
    }
    return cells;
  }
}
