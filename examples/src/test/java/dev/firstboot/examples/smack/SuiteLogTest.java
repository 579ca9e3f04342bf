package dev.firstboot.examples.smack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.smack.Outcome.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteLogTest {
    @TempDir
    Path directory;

    @Test
    void publish_wordsOfTheSuite_areOutcomes() throws Exception {
        Path file = directory.resolve("outcomes");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        SuiteLog log = new SuiteLog(file, new PrintStream(said, true, StandardCharsets.UTF_8));

        log.publish(record("RoomTest.enter (Normal) Start"));
        log.publish(record("RoomTest.enter (Normal) Success"));
        LogRecord failed = record("RoomTest.leave (Normal) Failed");
        failed.setThrown(new InvocationTargetException(new AssertionError("no\nanswer")));
        log.publish(failed);
        log.publish(record("RoomTest.paint (Normal) is not possible"));
        log.publish(record("Could not run RoomTest.paint (Normal) because: no colours"));
        log.publish(record("Could not run dev.GardenTest because: no garden"));

        assertThat(Files.readAllLines(file).stream().map(Outcome::parse))
                .containsExactly(
                        new Outcome(Kind.PASSED, "RoomTest.enter (Normal)", ""),
                        new Outcome(Kind.FAILED, "RoomTest.leave (Normal)", "java.lang.AssertionError: no answer"),
                        new Outcome(Kind.NOT_POSSIBLE, "RoomTest.paint (Normal)", "no colours"),
                        new Outcome(Kind.CLASS_NOT_POSSIBLE, "dev.GardenTest", "no garden"));
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .element(1)
                .asString()
                .contains("failed", "RoomTest.leave");
    }

    private static LogRecord record(String message) {
        return new LogRecord(Level.INFO, message);
    }
}
