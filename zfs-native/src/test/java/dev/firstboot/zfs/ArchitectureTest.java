package dev.firstboot.zfs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.firstboot.house.HouseRules;
import dev.firstboot.house.HouseTest;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends HouseTest {
    ArchitectureTest() {
        super(Zfs.class);
    }

    @Test
    void jnr_always_staysInInternalFfi() {
        HouseRules.onlyIn("dev.firstboot.zfs.internal.ffi", "jnr..").check(classes);
        HouseRules.onlyIn("dev.firstboot.zfs.internal.ffi", "com.kenai.jffi..").check(classes);
    }

    @Test
    void zfs_always_knowsNothingOfImages() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.firstboot",
                        "dev.firstboot.image..",
                        "dev.firstboot.plan..",
                        "dev.firstboot.bake..",
                        "dev.firstboot.artifact..",
                        "dev.firstboot.machine..",
                        "dev.firstboot.workload..")
                .because("a program that only wants ZFS gets nothing else")
                .check(classes);
    }
}
