package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.advisory.SecurityTracker;
import dev.firstboot.advisory.Urgency;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.RootfsTar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bakery with a policy delivers. The archive of these bakes has nginx 1.26.3-3. */
class AdvisoryGateTest {
    @TempDir
    Path directory;

    private final ScriptedSteps steps = new ScriptedSteps();
    private final List<BakeEvent> events = new CopyOnWriteArrayList<>();
    private Path file;
    private Path target;

    @BeforeEach
    void begin() throws IOException {
        target = Files.writeString(directory.resolve("web.tar"), "the one before");
        file = Files.writeString(directory.resolve("tracker.json"), """
                {"nginx": {
                  "CVE-2026-1": {"description": "", "releases": {"trixie": {
                    "status": "resolved", "fixed_version": "1.26.3-3+deb13u1", "urgency": "not yet assigned",
                    "repositories": {"trixie": "1.26.3-3", "trixie-security": "1.26.3-3+deb13u1"}}}},
                  "CVE-2026-2": {"description": "", "releases": {"trixie": {
                    "status": "open", "urgency": "medium", "repositories": {"trixie": "1.26.3-3"}}}}}}
                """);
    }

    private AdvisoryPolicy policy() {
        return AdvisoryPolicy.of(SecurityTracker.at(file));
    }

    private void bake(AdvisoryPolicy policy) {
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .runners(steps.runners())
                .listener(events::add)
                .advisories(policy)
                .build()) {
            bakery.bake(
                    Image.builder()
                            .name("web")
                            .recipe(Recipe.builder("site").addPackage("nginx").build())
                            .build(),
                    RootfsTar.to(target).replaceExisting());
        }
    }

    @Test
    void bake_fixIsInASuite_isRefusedWithTheWayOutAndLeavesTheTarget() {
        assertThatThrownBy(() -> bake(policy().refuseFixable())).isInstanceOfSatisfying(BakeException.class, e -> {
            assertThat(e.step()).isEqualTo("advisories");
            assertThat(e)
                    .hasMessageContainingAll("image 'web' has 1 known vulnerability", "CVE-2026-1", "nginx 1.26.3-3")
                    .hasMessageNotContaining("CVE-2026-2");
            assertThat(e.hint()).contains("refreshPackages()", "accept(...)");
        });
        assertThat(target).hasContent("the one before");
        assertThat(directory.resolve("web.tar.manifest.json")).doesNotExist();
    }

    @Test
    void bake_openFromThatUrgencyOn_isRefused() {
        assertThatThrownBy(() -> bake(policy().refuseFrom(Urgency.MEDIUM)))
                .isInstanceOf(BakeException.class)
                .hasMessageContaining("CVE-2026-2 (medium) in nginx 1.26.3-3 (nginx), no fix")
                .hasMessageNotContaining("CVE-2026-1");
        assertThat(target).hasContent("the one before");
    }

    @Test
    void bake_nothingThatThePolicyRefuses_isDelivered() {
        bake(policy().refuseFrom(Urgency.HIGH));

        assertThat(target).content().startsWith("archive [");
        assertThat(events)
                .anyMatch(event -> event instanceof BakeEvent.Finished finished
                        && finished.step().equals("advisories"));
    }

    @Test
    void bake_accepted_isDelivered() {
        bake(policy().refuseFixable().refuseFrom(Urgency.MEDIUM).accept("CVE-2026-1", "CVE-2026-2"));

        assertThat(target).content().startsWith("archive [");
    }

    @Test
    void bake_fixHasArrived_isDelivered() {
        steps.archiveHas("1.26.3-3+deb13u1");

        bake(policy().refuseFixable());

        assertThat(target).content().startsWith("archive [");
    }

    @Test
    void bake_fixIsInBackportsThatTheImageUses_namesThem() throws IOException {
        Files.writeString(file, """
                {"nginx": {"CVE-2026-3": {"releases": {
                  "trixie": {"status": "open", "urgency": "low",
                    "repositories": {"trixie": "1.26.3-3", "trixie-backports": "1.28.0-2~bpo13+1"}},
                  "sid": {"status": "resolved", "fixed_version": "1.27.1-1", "urgency": "low", "repositories": {"sid": "1.28.0-2"}}}}}}
                """);
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(directory.resolve("cache"))
                .runners(steps.runners())
                .advisories(policy().refuseFixable())
                .build()) {
            Image image = Image.builder()
                    .name("web")
                    .backport("jq")
                    .recipe(Recipe.builder("site").addPackage("nginx").build())
                    .build();

            assertThatThrownBy(() -> bakery.bake(image, RootfsTar.to(target).replaceExisting()))
                    .isInstanceOfSatisfying(
                            BakeException.class,
                            e -> assertThat(e.hint())
                                    .contains(
                                            "take nginx from trixie-backports with Image.Builder.backport(\"nginx\")"));
        }
    }

    @Test
    void bake_trackerCannotBeRead_deliversNothing() throws IOException {
        Files.writeString(file, "{\"nginx\": {");

        assertThatThrownBy(() -> bake(policy().refuseFixable())).isInstanceOfSatisfying(BakeException.class, e -> {
            assertThat(e)
                    .hasMessageContainingAll("step advisories", file.toUri().toString(), "fetch it again");
            assertThat(e.hint()).contains("nothing is delivered");
        });
        assertThat(target).hasContent("the one before");
    }

    @Test
    void advisories_policyWithoutARule_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bakery.builder().advisories(policy()))
                .withMessageContainingAll("refuseFixable()", "refuseFrom(...)");
    }
}
