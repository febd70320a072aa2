package dev.gantry.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house: who may know whom. */
class ArchitectureTests {

    private static final String ROOT = "dev.gantry.daemon.";

    private static JavaClasses daemon;

    @BeforeAll
    static void read() {
        daemon = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.gantry.daemon");
    }

    @Test
    void dependenciesGoOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("boot")
                .definedBy(ROOT + "boot..")
                .layer("api")
                .definedBy(ROOT + "api..")
                .layer("service")
                .definedBy(ROOT + "service..")
                .layer("parts")
                .definedBy(ROOT + "store..", ROOT + "runtime..", ROOT + "network..")
                .layer("linux")
                .definedBy(ROOT + "linux..")
                .layer("type")
                .definedBy(ROOT + "type..")
                .whereLayer("boot")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("boot")
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("boot", "api")
                .whereLayer("parts")
                .mayOnlyBeAccessedByLayers("boot", "api", "service")
                .whereLayer("linux")
                .mayOnlyBeAccessedByLayers("boot", "api", "service", "parts")
                .whereLayer("type")
                .mayOnlyBeAccessedByLayers("boot", "api", "service", "parts", "linux")
                .check(daemon);
    }

    @Test
    void siblingsDoNotKnowEachOther() {
        for (String[] pair : new String[][] {
            {"store", "runtime"}, {"store", "network"}, {"runtime", "store"},
            {"runtime", "network"}, {"network", "store"}, {"network", "runtime"}
        }) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + pair[0] + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + pair[1] + "..")
                    .allowEmptyShould(true)
                    .check(daemon);
        }
    }

    @Test
    void springStaysInTheOutermostRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "api..", ROOT + "boot..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.catalina..", "org.apache.coyote..")
                .check(daemon);
    }

    @Test
    void theWireKnowsNoNounOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "api.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "service..",
                        ROOT + "store..",
                        ROOT + "runtime..",
                        ROOT + "network..",
                        ROOT + "api.docker..",
                        "org.springframework..")
                .check(daemon);
    }

    @Test
    void innerRoomsKnowNoWireTypes() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "store..", ROOT + "runtime..", ROOT + "network..", ROOT + "linux..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gantry.api..")
                .allowEmptyShould(true)
                .check(daemon);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.gantry.daemon.(**)")
                .namingSlices("$1")
                .should()
                .beFreeOfCycles()
                .check(daemon);
    }

    @Test
    void typesKnowNothingOfTheEngine() {
        classes()
                .that()
                .resideInAPackage(ROOT + "type..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "type..", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..")
                .check(daemon);
    }
}
