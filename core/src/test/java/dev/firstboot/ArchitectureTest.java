package dev.firstboot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.firstboot.house.HouseRules;
import dev.firstboot.house.HouseTest;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest extends HouseTest {
    ArchitectureTest() {
        super(FirstbootException.class);
    }

    /** Who may know whom: zfs.property ← image ← plan, machine ← artifact ← bake. Everyone may use {@code dev.firstboot} itself. */
    @ParameterizedTest
    @CsvSource({
        "dev.firstboot, ''",
        "dev.firstboot.image.., dev.firstboot.internal.json dev.firstboot.zfs.property",
        "dev.firstboot.plan.., dev.firstboot.image dev.firstboot.zfs.pool",
        "dev.firstboot.machine.., dev.firstboot.image dev.firstboot.internal.tool dev.firstboot.internal.json",
        "dev.firstboot.advisory.., dev.firstboot.image dev.firstboot.internal.json dev.firstboot.internal.net",
        "dev.firstboot.artifact.., dev.firstboot.advisory dev.firstboot.image dev.firstboot.machine dev.firstboot.internal.json",
        "dev.firstboot.internal.tool.., ''",
    })
    void package_always_knowsOnly(String who, String mayKnow) {
        Set<String> allowed = Set.copyOf(Arrays.asList(mayKnow.split(" ")));
        String own = who.replace("..", "");
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are ours and outside of " + allowed) {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getPackageName();
                        return name.startsWith("dev.firstboot")
                                && !name.equals("dev.firstboot")
                                && !name.equals(own)
                                && !name.startsWith(own.equals("dev.firstboot") ? "-" : own + ".")
                                && !allowed.contains(name);
                    }
                })
                .allowEmptyShould(true)
                .because("data goes one way: image, plan, bake, artifact, machine")
                .check(classes);
    }

    @Test
    void jackson_always_staysInInternalJson() {
        HouseRules.onlyIn("dev.firstboot.internal.json", "com.fasterxml.jackson..")
                .check(classes);
    }

    @Test
    void commonsCompress_always_staysOutOfExportedPackages() {
        String[] exported = HouseRules.moduleOf(FirstbootException.class).exports().stream()
                .map(export -> export.source())
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(exported)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons..")
                .because("commons-compress is a detail of how archives are written")
                .check(classes);
    }
}
