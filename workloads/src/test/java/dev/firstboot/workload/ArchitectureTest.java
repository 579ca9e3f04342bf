package dev.firstboot.workload;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.firstboot.house.HouseTest;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseTest {
    ArchitectureTest() throws ClassNotFoundException {
        super(Class.forName("dev.firstboot.workload.package-info"));
    }

    @Test
    void workloads_always_knowOnlyTheImageVocabulary() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.google.errorprone.annotations..",
                        "org.jspecify.annotations..",
                        "dev.firstboot",
                        "dev.firstboot.image",
                        "dev.firstboot.workload..")
                .because("a workload says what an image holds, never how it is baked or run")
                .check(classes);
    }
}
