package dev.firstboot.examples.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a quickstart measured; its form in JSON is this record's.
 *
 * @param seconds by stage
 * @param cached the stages whose result was there already
 * @param imageBytes how large the disk's file is
 * @param accelerator {@code kvm} or {@code tcg}
 * @param packages how many Debian packages the image holds
 * @param ports the port of this host by the port of the machine
 */
public record Result(
        Map<String, Double> seconds,
        List<String> cached,
        long imageBytes,
        String accelerator,
        int packages,
        Map<String, Integer> ports) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes it as JSON. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }
}
