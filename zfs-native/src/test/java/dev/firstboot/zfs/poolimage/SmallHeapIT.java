package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers put into a tree does not use up the memory of the program that writes it. */
class SmallHeapIT {
    @TempDir
    Path directory;

    /** What it said; empty if all went well. */
    private String write(String heap, String kind, int count) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        directory.resolve("tank.img").toString(),
                        kind,
                        Integer.toString(count))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }

    /** Each had 128 KiB for an indirect block while it waited. */
    @Test
    void writeTo_manyFilesOfTwoSmallRecords_needsLittleMemory() throws Exception {
        assertThat(write("96m", "records", 3000)).isEmpty();
        Zdb zdb = new Zdb(directory.resolve("tank.img"), "tank");
        zdb.verify();
    }

    @Test
    void writeTo_threeHundredThousandLongNamesInADirectory_fit() throws Exception {
        assertThat(write("256m", "names", 300_000)).isEmpty();
        Zdb zdb = new Zdb(directory.resolve("tank.img"), "tank");
        zdb.verify();
        assertThat(zdb.dump("tank/a")).contains("ZAP entries: 300001", "\tlinks\t300002");
    }

    @Test
    void writeTo_moreNamesInADirectoryThanMemoryHasRoomFor_saysSo() throws Exception {
        assertThat(write("64m", "names", 300_000)).contains("MalformedTreeException", "/d:", "java -Xmx");
        assertThat(directory).isEmptyDirectory();
    }
}
