package dev.sentrybroadcast;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.sentrybroadcast.generation.Content;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may depend on what. */
final class ArchitectureTest {

  private static final String ROOT = "dev.sentrybroadcast.";

  private static JavaClasses main;

  @BeforeAll
  static void importClasses() {
    main =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sentrybroadcast");
  }

  static Stream<Arguments> packages() {
    return Stream.of(
        row("generation"),
        row("intake", "generation"),
        row("sentry", "generation"),
        row("genai", "generation", "sentry"),
        row("destination", "generation", "sentry"),
        row("delivery", "intake", "genai", "destination", "sentry", "generation"),
        row("connection", "intake", "genai", "destination", "sentry", "generation"),
        row(
            "function",
            "delivery",
            "connection",
            "intake",
            "genai",
            "destination",
            "sentry",
            "generation"));
  }

  @Test
  void packages_areAllListed() {
    assertThat(main.stream().map(ArchitectureTest::topPackage).distinct())
        .containsExactlyInAnyOrderElementsOf(packages().map(each -> ROOT + each.get()[0]).toList());
  }

  /** A subpackage is a part of its parent. */
  private static String topPackage(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length());
    int dot = name.indexOf('.');
    return ROOT + (dot < 0 ? name : name.substring(0, dot));
  }

  private static Arguments row(String name, String... uses) {
    return argumentSet(name, name, List.of(uses));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void package_dependsOnlyOnWhatIsListed(String name, List<String> uses) {
    List<String> allowed = new ArrayList<>(uses.stream().map(ROOT::concat).toList());
    allowed.add(ROOT + name);
    DescribedPredicate<JavaClass> foreign =
        describe(
            "in another package than " + uses,
            type -> type.getPackageName().startsWith(ROOT) && !allowed.contains(topPackage(type)));
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + name + "..")
            .should()
            .dependOnClassesThat(foreign));
  }

  @Test
  void packages_haveNoCycles() {
    check(slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
  }

  @Test
  void lambda_isUsed_onlyByFunction() {
    check(onlyIn(Set.of("function"), "com.amazonaws.."));
    check(onlyIn(Set.of("function"), "org.crac.."));
  }

  @Test
  void awsSdk_isUsed_onlyByDestinationAndFunction() {
    check(onlyIn(Set.of("destination", "function"), "software.amazon.awssdk.."));
    check(onlyIn(Set.of(), "software.amazon.awssdk.http.auth.."));
  }

  @Test
  void openTelemetry_isUsed_onlyWhereSpansAreMadeAndSent() {
    check(onlyIn(Set.of("genai", "delivery", "connection"), "io.opentelemetry.."));
    check(onlyIn(Set.of("delivery", "connection"), "io.opentelemetry.exporter.."));
  }

  /** The JDK's HTTP client resolves names by itself, so the checked addresses could differ. */
  @Test
  void sockets_areOpened_bySentry() {
    check(onlyIn(Set.of(), "java.net.http.."));
    check(onlyIn(Set.of("sentry"), "okhttp3..", "okio.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "sentry")
            .should()
            .dependOnClassesThat(
                describe(
                    "are sockets, channels or URL connections",
                    type ->
                        type.isAssignableTo(Socket.class)
                            || type.isAssignableTo(NetworkChannel.class)
                            || type.isAssignableTo(URLConnection.class))));
  }

  @Test
  void json_isReadAndWritten_byJacksonCoreAlone() {
    check(
        onlyIn(
            Set.of("intake", "genai", "destination", "sentry", "connection", "function"),
            "com.fasterxml.jackson.core.."));
    check(
        onlyIn(
            Set.of(),
            "com.fasterxml.jackson.databind..",
            "com.fasterxml.jackson.annotation..",
            "tools.jackson..",
            "software.amazon.awssdk.protocols.."));
  }

  /** Without backtracking: expressions of users meet texts of anyone. */
  @Test
  void expressionsOfUsers_areMatched_byRe2() {
    check(onlyIn(Set.of("genai", "destination"), "com.google.re2j.."));
  }

  @Test
  void redaction_knowsNothingOfSpansAndMessages() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "genai.redaction")
            .should()
            .dependOnClassesThat(
                describe(
                    "are ours, but the rules of redaction",
                    type ->
                        type.getPackageName().startsWith(ROOT)
                            && !type.getPackageName().equals(ROOT + "genai.redaction")
                            && !type.getName().startsWith(ROOT + "generation.Redaction"))));
  }

  @Test
  void environment_isRead_inOneClass() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "function.Settings")
            .should()
            .accessTargetWhere(target(System.class, "getenv")));
  }

  @Test
  void clocks_areRead_onlyByFunction() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "function")
            .should()
            .accessTargetWhere(
                describe(
                    "reads a clock of the system",
                    access -> {
                      String name = access.getTarget().getName();
                      String owner = access.getTargetOwner().getName();
                      return (owner.equals("java.lang.System")
                              && Set.of("nanoTime", "currentTimeMillis").contains(name))
                          || (owner.startsWith("java.time.") && name.equals("now"))
                          || (owner.equals("java.time.InstantSource") && name.equals("system"))
                          || (owner.equals("java.time.Clock") && name.startsWith("system"));
                    }));
    check(rule);
  }

  @Test
  void content_isRevealed_byOneClass() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "genai.content.ContentPolicy")
            .should()
            .accessTargetWhere(target(Content.class, "reveal")));
  }

  @Test
  void logs_areWritten_byOneClass() {
    check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    check(
        noClasses()
            .should()
            .accessTargetWhere(
                describe(
                    "logs by java.util.logging, beyond silencing what others log",
                    access ->
                        access.getTargetOwner().getName().equals("java.util.logging.Logger")
                            && !Set.of("getLogger", "setLevel")
                                .contains(access.getTarget().getName()))));
    check(onlyIn(Set.of(), "org.slf4j..", "java.lang.System$Logger"));
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "function.InvocationLog")
            .should()
            .accessTargetWhere(
                describe(
                    "writes to Lambda's logger",
                    access ->
                        access
                                .getTargetOwner()
                                .getName()
                                .equals("com.amazonaws.services.lambda.runtime.LambdaLogger")
                            && access.getTarget().getName().equals("log"))));
  }

  @Test
  void exceptions_thatAreThrown_areNamedByCondition() {
    check(GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
  }

  @Test
  void names_ofTypes_sayWhatTheyAre() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Service|Impl|(?<!Base64)Data|Info)"));
  }

  @Test
  void handlers_aloneArePublic() {
    check(
        classes()
            .that()
            .resideInAPackage(ROOT + "function")
            .and()
            .arePublic()
            .should()
            .haveNameMatching(".*\\.(\\w+Function|InvalidSettingException)"));
  }

  private static ArchRule onlyIn(Set<String> users, String... used) {
    return noClasses()
        .that(
            describe(
                "are outside of " + users,
                type -> users.stream().map(ROOT::concat).noneMatch(topPackage(type)::equals)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used);
  }

  private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String name) {
    return describe(
        owner.getSimpleName() + "." + name,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && access.getTarget().getName().equals(name));
  }

  private static void check(ArchRule rule) {
    rule.check(main);
  }
}
