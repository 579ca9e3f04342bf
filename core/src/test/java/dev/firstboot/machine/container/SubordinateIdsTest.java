package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubordinateIdsTest {
    @Test
    void of_linesOfThisUserByNameAndNumber_followTheUsersOwnId() {
        SubordinateIds.Ids ids = SubordinateIds.Ids.of(
                "ann",
                1000,
                1000,
                List.of("ann:100000:65536", "bob:165536:65536", "1000:300000:131072", "ann:100000:65536"));
        assertThat(ids.map()).isEqualTo("0 1000 1 1 100000 65536 65537 300000 131072");
        assertThat(ids.count()).isEqualTo(3 * 65536);
        assertThat(ids.outside(1)).hasValue(100000);
        assertThat(ids.outside(65537)).hasValue(300000);
        assertThat(ids.outside(3 * 65536 + 1)).isEmpty();
    }

    @Test
    void of_linesThatAreNone_areNotCounted() {
        SubordinateIds.Ids ids = SubordinateIds.Ids.of(
                "ann", 1000, 1000, List.of("", "# ann:1:2", "ann:x:65536", "ann:1", "ann:100000:0", "anna:1:65536"));
        assertThat(ids.map()).isEqualTo("0 1000 1");
        assertThat(ids.count()).isZero();
    }

    @Test
    void blocks_fewerOfOneKind_areThatMany() {
        SubordinateIds.Ids many = SubordinateIds.Ids.of("ann", 1000, 1000, List.of("ann:100000:200000"));
        SubordinateIds.Ids few = SubordinateIds.Ids.of("ann", 1000, 100, List.of("ann:100000:65535"));
        assertThat(new SubordinateIds(many, many).blocks()).isEqualTo(3);
        assertThat(new SubordinateIds(many, few).blocks()).isZero();
        assertThat(SubordinateIds.block(1)).isEqualTo(new IdBlock(65537));
    }

    @Test
    void ownControlGroup_hybridOrVersion2_isBelowWhereItIsMounted(@TempDir Path root) throws Exception {
        Path group = Files.createDirectories(root.resolve("unified/user.slice/run-1.scope"));
        Files.createFile(group.resolve("cgroup.procs"));
        List<String> mounts = List.of(
                "31 23 0:28 / " + root + " rw - tmpfs tmpfs rw",
                "40 31 0:37 / " + root + "/systemd rw - cgroup cgroup rw,name=systemd",
                "41 31 0:38 / " + root + "/unified rw - cgroup2 cgroup2 rw");
        List<String> groups = List.of("1:name=systemd:/elsewhere", "0::/user.slice/run-1.scope");
        assertThat(ControlGroups.own(root, mounts, groups)).contains(group);
        assertThat(ControlGroups.own(root, mounts.subList(0, 2), groups)).isEmpty();
        assertThat(ControlGroups.own(root, mounts, List.of("0::/other"))).isEmpty();

        // As in a container with a part of the host's hierarchy.
        List<String> part = List.of("41 31 0:38 /user.slice " + root + "/unified/user.slice rw - cgroup2 cgroup2 rw");
        assertThat(ControlGroups.own(root, part, groups)).contains(group);
    }
}
