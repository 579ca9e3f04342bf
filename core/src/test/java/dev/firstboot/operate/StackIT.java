package dev.firstboot.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.bake.Bakery;
import dev.firstboot.bake.RealSteps;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.Disk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack of a machine with real ZFS, from Java and from the machine's console. */
class StackIT {
    @TempDir
    private Path directory;

    private static Image image() {
        return Image.builder()
                .name("stacked")
                .recipe(Recipe.builder("data")
                        .addFile(FileEntry.text("/srv/data/kept", "before\n"))
                        .addFile(FileEntry.text("/etc/stacked.conf", "before\n"))
                        .addDataset(DatasetSpec.stack("data", "/srv/data"))
                        .addDataset(DatasetSpec.keep("uploads", "/srv/uploads"))
                        .build())
                .build();
    }

    @Test
    void snapshot_takenInJavaAndAtTheConsole_isOneMomentOfAllDatasets() {
        DiskImage disk;
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            disk = bakery.bake(image(), Disk.qcow2(directory.resolve("stacked.qcow2")));
        }
        try (Machine machine = disk.bootBuilder().name("stacked").cpus(1).start()) {
            machine.awaitReady();
            Stack stack = Stack.of(machine);
            assertThat(stack.snapshots()).isEmpty();

            StackSnapshot before = stack.snapshot("before");

            assertThat(before.environment()).isEqualTo("original");
            assertThat(before.datasets()).isEqualTo(2);
            assertThat(before.complete()).isTrue();
            oneTransactionGroup(machine);
            changesAreTold(machine, stack, before);
            theConsoleKnowsIt(machine, stack);
            wrongNamesAreRefused(machine, stack);
            whatIsHeldStays(machine, stack, before);
            retention(stack);
        }
    }

    private static void oneTransactionGroup(Machine machine) {
        List<String> groups = machine.run("zfs", "list", "-Hrpo", "createtxg", "-t", "snapshot", "rpool/ROOT/original")
                .check()
                .output()
                .lines()
                .distinct()
                .toList();
        assertThat(groups).hasSize(1);
        assertThat(machine.run("zfs", "list", "-Hro", "name", "-t", "snapshot", "rpool/KEEP")
                        .output())
                .isEmpty();
    }

    private static void changesAreTold(Machine machine, Stack stack, StackSnapshot before) {
        machine.run(
                        "sh",
                        "-c",
                        "echo after >/srv/data/kept; echo new >'/srv/data/ä b'; ln /srv/data/kept /srv/data/again; mv /etc/motd /etc/motd.old; exec 3>/srv/data/gone; rm /srv/data/gone; rm /etc/stacked.conf; touch /srv/uploads/apart; sync")
                .check();

        StackChanges changes = stack.changes(before);

        assertThat(changes.skipped()).isEmpty();
        assertThat(changes.files())
                .contains(
                        FileChange.of("M", "/srv/data/kept", null),
                        FileChange.of("+", "/srv/data/ä b", null),
                        FileChange.of("R", "/etc/motd", "/etc/motd.old"),
                        FileChange.of("-", "/etc/stacked.conf", null))
                .allMatch(change -> change.newPath().isEmpty() || change.kind() == FileChange.Kind.RENAMED)
                .noneMatch(change -> change.path().startsWith("/srv/uploads"));
        StackSnapshot after = stack.snapshot("after");
        assertThat(stack.changes(before, after).files()).contains(FileChange.of("M", "/srv/data/kept", null));
        assertThat(stack.changes(after, after).isEmpty()).isTrue();
        assertThatThrownBy(() -> stack.changes(after, before)).hasMessageContaining("name the older one first");
    }

    private static void theConsoleKnowsIt(Machine machine, Stack stack) {
        assertThat(machine.run("ksnap", "list").check().output().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("before ") && line.endsWith("2 datasets"));
        assertThat(machine.run("ksnap", "show", "before").check().output())
                .contains("rpool/ROOT/original ", "rpool/ROOT/original/data ");
        assertThat(machine.run("ksnap", "diff", "before", "after").check().output())
                .contains("M\tF\t/srv/data/kept\n");
        assertThat(machine.run("ksnap").check().output()).matches("snapshot [0-9-]+ of 2 datasets\n");
        assertThat(stack.snapshots()).hasSize(3).allMatch(StackSnapshot::complete);
        stack.destroy(stack.snapshots().get(2));
        assertThat(stack.snapshots()).extracting(StackSnapshot::name).containsExactly("before", "after");
        otherSnapshotsAreLeftAlone(machine, stack);
        // Of one that lost a member nobody believes that it is whole.
        machine.run("ksnap", "partial").check();
        machine.run("zfs", "destroy", "rpool/ROOT/original/data@partial").check();
        assertThat(stack.snapshots().get(2).complete()).isFalse();
        machine.run("ksnap", "destroy", "partial").check();
        assertThat(machine.run("ksnap", "--help").check().output()).contains("ksnap destroy NAME");
    }

    /** Of other programs, by hand, and those that zfs diff makes for itself while it looks. */
    private static void otherSnapshotsAreLeftAlone(Machine machine, Stack stack) {
        machine.run("zfs", "snapshot", "rpool/ROOT/original@zrepl_1").check();
        machine.run("zfs", "create", "-s", "-V", "1M", "rpool/ROOT/original/volume")
                .check();
        machine.run("zfs", "create", "-u", "rpool/ROOT/original/a b").check();

        assertThat(stack.snapshots()).extracting(StackSnapshot::name).containsExactly("before", "after");
        StackSnapshot more = stack.snapshot("more");
        assertThat(more.datasets()).isEqualTo(4);
        assertThat(stack.changes(more).skipped())
                .containsOnlyKeys("rpool/ROOT/original/a b", "rpool/ROOT/original/volume");
        stack.destroy(more);
        machine.run("zfs", "destroy", "-r", "rpool/ROOT/original/volume").check();
        machine.run("zfs", "destroy", "-r", "rpool/ROOT/original/a b").check();
        machine.run("zfs", "destroy", "rpool/ROOT/original@zrepl_1").check();
        // One of the same name that was taken later is another one.
        StackSnapshot first = stack.snapshot("twice");
        stack.destroy(first);
        stack.snapshot("twice");
        assertThatThrownBy(() -> stack.destroy(first))
                .isInstanceOfSatisfying(
                        StackException.class, e -> assertThat(e.isGone()).isTrue())
                .hasMessageContaining("was replaced");
        machine.run("zfs", "destroy", "rpool/ROOT/original/data@twice").check();
        machine.run("zfs", "snapshot", "rpool/ROOT/original/data@twice").check();
        assertThat(stack.snapshots().get(2).complete()).isFalse();
        assertThat(machine.run("ksnap", "destroy", "twice").errors()).contains("of another moment");
        machine.run("zfs", "destroy", "-r", "rpool/ROOT/original@twice").check();
    }

    private static void wrongNamesAreRefused(Machine machine, Stack stack) {
        for (String name : List.of("", "a b", "-x", "a@b", "a/b", "ä", "x".repeat(65), "list")) {
            assertThatThrownBy(() -> stack.snapshot(name)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("a b", "a@b", "../x", "%", "a;reboot", "x".repeat(65))) {
            CommandResult result = machine.run("ksnap", name);
            assertThat(result.exitCode()).as(name).isEqualTo(2);
            assertThat(result.errors()).contains(name, "ksnap --help");
        }
        assertThatThrownBy(() -> stack.snapshot("before"))
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll("machine stacked", "there is a snapshot 'before' already");
        assertThat(machine.run("ksnap", "show", "gone").errors()).contains("there is no snapshot 'gone'");
        assertThat(machine.run("ksnap", "--quickly").exitCode()).isEqualTo(2);
        assertThat(machine.run("ksnap", "list", "before").exitCode()).isEqualTo(2);
        assertThat(machine.run("setpriv", "--reuid=65534", "--clear-groups", "ksnap", "list")
                        .errors())
                .contains("only root may do this");
    }

    private static void whatIsHeldStays(Machine machine, Stack stack, StackSnapshot held) {
        machine.run("zfs", "hold", "mine", "rpool/ROOT/original/data@" + held.name())
                .check();

        assertThatThrownBy(() -> stack.destroy(held))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("held");

        assertThat(stack.snapshots()).filteredOn(StackSnapshot::complete).hasSize(2);
        machine.run("zfs", "release", "mine", "rpool/ROOT/original/data@" + held.name())
                .check();
    }

    private static void retention(Stack stack) {
        RetentionPlan plan = Retention.latest(1).plan(stack.snapshots());
        assertThat(plan.destroyed()).extracting(StackSnapshot::name).containsExactly("before");

        stack.destroy(plan);

        assertThat(stack.snapshots()).extracting(StackSnapshot::name).containsExactly("after");
        stack.destroy(plan);
        assertThatThrownBy(() -> stack.destroy(plan.destroyed().get(0)))
                .hasMessageContaining("there is no snapshot 'before'");
    }
}
