package dev.firstboot.benchmarks.xmpp;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * What clients are to do.
 *
 * @param domain the server's name
 * @param password of every account: u0, u1, …
 * @param clients how many
 * @param rates messages a second, one round after the other
 */
public record LoadSpec(String domain, String password, int clients, List<Integer> rates) {
    /** Writes it to a file that only its owner reads. */
    public void write(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        new ObjectMapper().writeValue(file.toFile(), this);
    }

    static LoadSpec read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), LoadSpec.class);
    }
}
