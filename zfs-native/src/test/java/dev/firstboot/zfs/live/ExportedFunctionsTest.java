package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.LiveZfs;
import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.internal.ffi.LibZfsCore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that the running libzfs_core exports is out of reach. */
@LiveZfs
class ExportedFunctionsTest {
    private static final Pattern NAME = Pattern.compile("(lzc_[a-z_]+|libzfs_core_[a-z]+)\0");

    /** What is not called, and why: mostly a case of another one, which takes more arguments. */
    private static final Map<String, String> STANDING_IN = Map.ofEntries(
            Map.entry("lzc_send", "lzc_send_resume_redacted"),
            Map.entry("lzc_send_resume", "lzc_send_resume_redacted"),
            Map.entry("lzc_send_redacted", "lzc_send_resume_redacted"),
            Map.entry("lzc_send_space", "lzc_send_space_resume_redacted"),
            Map.entry("lzc_send_wrapper", "what sends makes its own pipe: dev.firstboot.zfs.Transfer"),
            Map.entry("lzc_receive", "lzc_receive_with_cmdprops"),
            Map.entry("lzc_receive_resumable", "lzc_receive_with_cmdprops"),
            Map.entry("lzc_receive_with_header", "lzc_receive_with_cmdprops"),
            Map.entry("lzc_receive_one", "lzc_receive_with_cmdprops"),
            Map.entry("lzc_ioctl_fd", "ioctl, on a descriptor of our own"),
            Map.entry("libzfs_core_fini", "nothing: the library stays open as long as the process"));

    private static Path library() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("/libzfs_core.so"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void exportedFunctions_areAllBoundOrACaseOfOneThatIs() throws IOException {
        Zfs zfs = Zfs.open();
        Set<String> exported = NAME.matcher(new String(Files.readAllBytes(library()), StandardCharsets.ISO_8859_1))
                .results()
                .map(found -> found.group(1))
                .filter(zfs::hasFunction) // Not all that is written there is exported.
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> reachable = Arrays.stream(LibZfsCore.class.getMethods())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        reachable.addAll(STANDING_IN.keySet());
        assertThat(exported).contains("lzc_snapshot").hasSizeGreaterThan(40);
        assertThat(reachable).containsAll(exported);
    }
}
