package dev.firstboot.bake.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTimesTest {
    private static final long STEP = 1_795_464_031;

    @TempDir
    private Path directory;

    private Path tar(Map<String, Long> times) throws IOException {
        Path tar = directory.resolve("some.tar");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar)))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, Long> time : times.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(time.getKey());
                byte[] content = time.getKey().endsWith("/") ? new byte[0] : new byte[700];
                entry.setSize(content.length);
                entry.setModTime(time.getValue() * 1000);
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            }
        }
        return tar;
    }

    private static Map<String, Long> times(Path tar) throws IOException {
        Map<String, Long> times = new LinkedHashMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                times.put(entry.getName(), entry.getLastModifiedTime().to(TimeUnit.SECONDS));
            }
        }
        return times;
    }

    @Test
    void replace_youngOnes_leavesTheOthersAlone() throws IOException {
        String longName = "long/".repeat(60) + "name";
        Map<String, Long> times = new LinkedHashMap<>();
        times.put("usr/", STEP);
        times.put("usr/old", STEP - 1);
        times.put("usr/young", STEP + 5);
        times.put(longName, STEP);
        Path tar = tar(times);
        TarTimes.replace(tar, STEP, 7);
        assertThat(times(tar))
                .containsExactly(
                        Map.entry("usr/", 7L),
                        Map.entry("usr/old", STEP - 1),
                        Map.entry("usr/young", 7L),
                        Map.entry(longName, 7L));
    }

    @Test
    void replace_damaged_saysWhere() throws IOException {
        Path tar = tar(Map.of("usr/", STEP));
        byte[] bytes = Files.readAllBytes(tar);
        bytes[0] ^= 1;
        Files.write(tar, bytes);
        assertThatThrownBy(() -> TarTimes.replace(tar, STEP, 7))
                .isInstanceOf(TreeException.class)
                .hasMessageContaining("byte 0");
    }
}
