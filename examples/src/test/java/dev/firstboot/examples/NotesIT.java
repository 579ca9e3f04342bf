package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.RootfsTar;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workloads of a user's own, on one PostgreSQL and one NGINX, under two names. */
class NotesIT {
    @Test
    void notesAndVisits_onOneDatabaseServerAndOneWebServer_workAlsoAfterAPowerCut(@TempDir Path directory) {
        Image image = Image.builder()
                .name("office")
                .workload(new Notes("notes.example.com"))
                .workload(new Visits("visits.example.com"))
                .build();

        try (Bakery bakery = Bakery.create()) {
            RootfsArchive archive = bakery.bake(image, RootfsTar.to(directory.resolve("office.tar")));
            try (Machine machine = archive.boot()) {
                assertThat(machine.awaitReady().firstBoot()).isTrue();
                get(machine, "notes.example.com", "/", "--data-binary", "buy milk");
                assertThat(get(machine, "notes.example.com", "/")).isEqualTo("buy milk\n");
                int visits =
                        Integer.parseInt(get(machine, "visits.example.com", "/").strip());
                assertThat(get(machine, "visits.example.com", "/about/")).contains("Every visit counts");
                assertThat(get(machine, "visits.example.com", "/about/", "--head"))
                        .containsIgnoringCase("x-content-type-options: nosniff")
                        .containsIgnoringCase("strict-transport-security: max-age=31536000");
                eachReachesItsOwnOnly(machine);
                nobodyStandsInForTheDatabase(machine);

                machine.kill();
                machine.start();

                assertThat(machine.awaitReady().firstBoot()).isFalse();
                assertThat(get(machine, "notes.example.com", "/")).isEqualTo("buy milk\n");
                assertThat(Integer.parseInt(
                                get(machine, "visits.example.com", "/").strip()))
                        .isGreaterThan(visits);
            }
        }
    }

    private static void eachReachesItsOwnOnly(Machine machine) {
        assertThat(machine.run(
                                "curl",
                                "--silent",
                                "--insecure",
                                "--resolve",
                                "shop.example.com:443:127.0.0.1",
                                "--write-out",
                                "%{http_code}",
                                "--output",
                                "/dev/null",
                                "https://shop.example.com/")
                        .output())
                .as("a name that is no site's")
                .isEqualTo("421");
        assertThat(get(machine, "visits.example.com", "/other", "--head")).contains(" 404");
        assertThat(machine.run("sh", "-c", """
                        PGPASSFILE=/etc/visits/pgpass setpriv --reuid=visits --regid=visits --clear-groups \\
                            psql -XAtq -h 127.0.0.1 -U visits -d notes -c 'SELECT 1'
                        """).isSuccess())
                .as("the database of the other workload")
                .isFalse();
        assertThat(machine.run("sh", "-c", "ls /etc/nginx/conf.d; pgrep -xc postgres; systemctl --failed --quiet")
                        .output())
                .contains("notes.example.com.conf", "visits.example.com.conf", "others.conf");
    }

    /** One workload listens in PostgreSQL's place while it is down, and waits for the other's password. */
    private static void nobodyStandsInForTheDatabase(Machine machine) {
        String heard =
                machine.run("sh", "-c", """
                systemctl stop 'postgresql@*'
                setpriv --reuid=visits --regid=visits --clear-groups timeout 10 python3 -c '
                import socket
                with socket.create_server(("127.0.0.1", 5432)) as server:
                    print("listening", flush=True)
                    connection, _ = server.accept()
                    print(connection.recv(4096))
                ' &
                sleep 1
                PGCONNECT_TIMEOUT=3 psql "$(cat /etc/notes/database)" -c 'SELECT 1' >/dev/null 2>&1
                wait
                systemctl start 'postgresql@17-main'
                """.replace("                ", "")).output();
        assertThat(heard).isEqualTo("listening\n");
    }

    /** As a browser would ask that trusts the machine's own authority. */
    private static String get(Machine machine, String name, String path, String... more) {
        String[] command = {
            "curl",
            "--silent",
            "--show-error",
            "--cacert",
            "/var/lib/firstboot/ca/ca.pem",
            "--resolve",
            name + ":443:127.0.0.1",
            "https://" + name + path
        };
        String[] all =
                Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
        CommandResult result = machine.run(all);
        assertThat(result.isSuccess()).as(result.errors()).isTrue();
        return result.output();
    }
}
