package dev.firstboot.ring;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the guest's JUnit reports, in the form that surefire writes too. */
final class RingReport {
    private static final String FILE = "TEST-junit-jupiter.xml";

    private RingReport() {}

    /**
     * How one test ended.
     *
     * @param type its class
     * @param name its method, with the arguments if it has any
     * @param problem how it failed, or why it did not run; empty if it passed
     */
    record Outcome(String type, String name, Optional<String> problem) {
        @Override
        public String toString() {
            return type.substring(type.lastIndexOf('.') + 1) + "#" + name;
        }
    }

    /** Deletes the report of an earlier run, which is none of this one. */
    static void forget(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
        Files.deleteIfExists(directory.resolve("status"));
    }

    /** Unpacks what the guest wrote onto a drive. */
    static void unpack(Path drive, Path directory) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(drive));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                String name = Path.of(entry.getName()).getFileName().toString();
                if (entry.isFile()) {
                    Files.write(directory.resolve(name), tar.readAllBytes());
                }
                entry = tar.getNextEntry();
            }
        }
    }

    /** Reads the outcomes of all tests, in the order they ran in; empty if the guest has not come so far as to write them. */
    static List<Outcome> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                outcomes.add(outcome((Element) cases.item(i)));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        return outcomes;
    }

    private static Outcome outcome(Element test) {
        Optional<String> problem = Optional.empty();
        for (String kind : List.of("failure", "error", "skipped")) {
            NodeList found = test.getElementsByTagName(kind);
            if (found.getLength() > 0) {
                problem =
                        Optional.of(kind + ": " + found.item(0).getTextContent().strip());
            }
        }
        return new Outcome(
                test.getAttribute("classname"), test.getAttribute("name").replace("()", ""), problem);
    }
}
