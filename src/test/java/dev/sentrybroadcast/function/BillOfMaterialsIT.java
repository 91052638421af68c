package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LambdaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the bill of materials and the licences' page list what is deployed, all of it. */
final class BillOfMaterialsIT {

  private static final JsonNode BILL =
      JsonMapper.shared().readTree(Template.text("target/bom.json"));

  @Test
  void bill_ofTheBuild_listsTheDeployedJars() throws IOException {
    List<String> jars;
    try (Stream<Path> files = Files.list(LambdaProcess.deployedLibraries())) {
      jars = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    List<String> listed = new ArrayList<>();
    for (JsonNode component : BILL.get("components")) {
      listed.add(
          component.get("group").asString()
              + "."
              + component.get("name").asString()
              + "-"
              + component.get("version").asString()
              + ".jar");
      assertThat(component.get("hashes").isEmpty()).isFalse();
    }

    assertThat(listed).containsExactlyInAnyOrderElementsOf(jars);
  }

  @Test
  void page_ofTheLicences_listsTheSame() {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode component : BILL.get("components")) {
      rows.add(
          List.of(
              component.get("group").asString() + ":" + component.get("name").asString(),
              component.get("version").asString(),
              licences(component)));
    }

    assertThat(Template.rows("docs/licences.md", "Licences of what is deployed"))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  /** Same sources, same bytes: neither a time nor a random serial number. */
  @Test
  void bill_ofTheBuild_saysNothingOfItsMoment() {
    assertThat(BILL.has("serialNumber")).isFalse();
    assertThat(BILL.path("metadata").has("timestamp")).isFalse();
  }

  private static String licences(JsonNode component) {
    List<String> licences = new ArrayList<>();
    for (JsonNode choice : component.get("licenses")) {
      JsonNode licence = choice.path("license");
      licences.add(
          choice.has("expression")
              ? choice.get("expression").asString()
              : licence.path("id").asString(licence.path("name").asString("")));
    }
    return String.join(" or ", licences);
  }
}
