package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.RootfsTar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesIT {
    @Test
    void notes_bootedInAContainer_takeWorkAgainAfterAPowerCut(@TempDir Path directory) {
        Image image =
                Image.builder().name("notes").workload(new Notes("writer")).build();

        try (Bakery bakery = Bakery.create()) {
            RootfsArchive archive = bakery.bake(image, RootfsTar.to(directory.resolve("notes.tar")));
            try (Machine machine = archive.boot()) {
                assertThat(machine.awaitReady().firstBoot()).isTrue();
                query(machine, "CREATE TABLE note AS SELECT 'kept' AS text");
                machine.kill();
                machine.start();
                assertThat(machine.awaitReady().firstBoot()).isFalse();

                assertThat(query(machine, "SELECT text FROM note")).isEqualTo("kept\n");
            }
        }
    }

    /** As the program would ask that the image is for: with the password of its own configuration, over TCP. */
    private static String query(Machine machine, String sql) {
        CommandResult result = machine.runWithInput(sql, "sh", "-c", """
                PGPASSWORD=$(sed -n 's/^password: "\\(.*\\)"$/\\1/p' /etc/notes.yml)
                export PGPASSWORD
                exec psql -XAtq -v ON_ERROR_STOP=1 -h 127.0.0.1 -U writer -d notes
                """);
        assertThat(result.isSuccess()).as(result.errors()).isTrue();
        return result.output();
    }
}
