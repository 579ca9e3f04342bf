package dev.firstboot.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** What every published module is held to; each extends this once, with rules of its own. */
public abstract class HouseTest {
    private final Class<?> member;

    /** The main code of the module under test. */
    protected final JavaClasses classes;

    /** @param member any class of the module's main code */
    protected HouseTest(Class<?> member) {
        this.member = member;
        this.classes = HouseRules.classesBeside(member);
    }

    @Test
    void packages_always_haveNoCycles() {
        HouseRules.NO_PACKAGE_CYCLES.check(classes);
    }

    @Test
    void packages_always_areNullMarked() {
        HouseRules.checkNullMarked(classes);
    }

    @Test
    void exportedPackages_always_showNoHiddenLibrary() {
        HouseRules.checkNothingHiddenIsShown(classes, HouseRules.moduleOf(member));
    }

    /** Tests run on the class path; this one sees to it that the module works on the module path too. */
    @Test
    void module_onTheModulePath_loadsItsClasses() throws Exception {
        ModuleLayer layer = ModulePath.layerOf(member);
        Class<?> there = layer.findLoader(name()).loadClass(member.getName());
        assertThat(there.getModule().getName()).isEqualTo(name());
    }

    private String name() {
        return HouseRules.moduleOf(member).name();
    }
}
