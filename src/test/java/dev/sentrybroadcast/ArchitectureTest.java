package dev.sentrybroadcast;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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

/** The house: which room may know what. */
final class ArchitectureTest {

  private static final String ROOT = "dev.sentrybroadcast.";

  private static JavaClasses house;

  @BeforeAll
  static void importHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sentrybroadcast");
  }

  static Stream<Arguments> rooms() {
    return Stream.of(
        room("generation"),
        room("intake", "generation"),
        room("sentry", "generation"),
        room("genai", "generation", "sentry"),
        room("destination", "generation", "sentry"),
        room("delivery", "intake", "genai", "destination", "sentry", "generation"),
        room("connection", "intake", "genai", "destination", "sentry", "generation"),
        room(
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
  void rooms_areAllOfTheHouse() {
    assertThat(house.stream().map(ArchitectureTest::room).distinct())
        .containsExactlyInAnyOrderElementsOf(rooms().map(room -> ROOT + room.get()[0]).toList());
  }

  /** A subpackage is a part of its parent. */
  private static String room(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length());
    int dot = name.indexOf('.');
    return ROOT + (dot < 0 ? name : name.substring(0, dot));
  }

  private static Arguments room(String name, String... knows) {
    return argumentSet(name, name, List.of(knows));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void room_ofTheHouse_knowsOnlyItsTable(String room, List<String> knows) {
    List<String> allowed = new ArrayList<>(knows.stream().map(ROOT::concat).toList());
    allowed.add(ROOT + room);
    DescribedPredicate<JavaClass> foreign =
        describe(
            "in another room than " + knows,
            type -> type.getPackageName().startsWith(ROOT) && !allowed.contains(room(type)));
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + room + "..")
            .should()
            .dependOnClassesThat(foreign));
  }

  @Test
  void rooms_ofTheHouse_haveNoCycles() {
    check(slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
  }

  @Test
  void lambda_isKnown_onlyToItsDoorways() {
    check(onlyIn(Set.of("function"), "com.amazonaws.."));
    check(onlyIn(Set.of("function"), "org.crac.."));
  }

  @Test
  void awsSdk_isKnown_onlyToTheAdaptersAndTheWiring() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "destination.SecretsManagerStore")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "destination.SecretsManagerVault")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "function.Wiring")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "function.SqsVisibility")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "function.RegionalEndpoint")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "destination.SignedJsonCalls")
            .should()
            .dependOnClassesThat(resideInAPackage("software.amazon.awssdk..")));
  }

  @Test
  void openTelemetry_isKnown_onlyWhereSpansAreMadeAndSent() {
    check(onlyIn(Set.of("genai", "delivery", "connection"), "io.opentelemetry.."));
    check(onlyIn(Set.of("delivery", "connection"), "io.opentelemetry.exporter.."));
  }

  /** The JDK's clients load hundreds of classes at a cold start, and resolve names unchecked. */
  @Test
  void sockets_areOpened_inOneRoom() {
    check(onlyIn(Set.of(), "java.net.http.."));
    check(onlyIn(Set.of("sentry"), "okhttp3..", "okio.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "sentry")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "connection.ReachCheck")
            .and()
            .haveNameNotMatching(".*\\.LoopbackAnswers(\\$.*)?")
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
  void json_isStreamed_inTheRoomsThatReadOrWriteIt() {
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
  void clocks_areRead_onlyInTheDoorways() {
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
            .and()
            // It only passes on what the log wrote.
            .haveNameNotMatching(".*\\.Priming(\\$.*)?")
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
  void doorways_alone_arePublic() {
    check(
        classes()
            .that()
            .resideInAPackage(ROOT + "function")
            .and()
            .arePublic()
            .should()
            .haveNameMatching(".*\\.(\\w+Function|InvalidSettingException)"));
  }

  private static ArchRule onlyIn(Set<String> rooms, String... packages) {
    return noClasses()
        .that(
            describe(
                "are outside of " + rooms,
                type -> rooms.stream().map(ROOT::concat).noneMatch(room(type)::equals)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String name) {
    return describe(
        owner.getSimpleName() + "." + name,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && access.getTarget().getName().equals(name));
  }

  private static void check(ArchRule rule) {
    rule.check(house);
  }
}
