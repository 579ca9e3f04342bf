package dev.firstboot.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What was measured, when, with which command and on what kind of machine; as JSON and as Markdown. */
final class BenchmarkReport {
    private final String name;
    private final String command;
    private final Map<String, Double> numbers;

    BenchmarkReport(String name, String command, Map<String, Double> numbers) {
        this.name = name;
        this.command = command;
        this.numbers = new LinkedHashMap<>(numbers);
    }

    /** Writes both files, named by date, and gives the one for people. */
    Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        String stem = LocalDate.now(ZoneOffset.UTC) + "-" + name;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        document.put("command", command);
        document.put("machine", machine());
        document.put("numbers", numbers);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(directory.resolve(stem + ".json").toFile(), document);
        return Files.writeString(directory.resolve(stem + ".md"), markdown());
    }

    private String markdown() throws IOException {
        StringBuilder text = new StringBuilder("# " + name + ", " + LocalDate.now(ZoneOffset.UTC) + "\n\n");
        text.append("Command: `").append(command).append("`\n\nMachine: ").append(machine());
        text.append("\n\n| What | Value |\n| --- | ---: |\n");
        numbers.forEach((what, value) -> text.append(String.format(Locale.ROOT, "| %s | %.2f |%n", what, value)));
        return text.toString();
    }

    private static String machine() throws IOException {
        return Runtime.getRuntime().availableProcessors() + " processors (" + field("/proc/cpuinfo", "model name")
                + "), " + field("/proc/meminfo", "MemTotal") + " memory, Linux " + System.getProperty("os.version")
                + ", Java " + Runtime.version() + "; load average at the end "
                + Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static String field(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("?");
        }
    }
}
