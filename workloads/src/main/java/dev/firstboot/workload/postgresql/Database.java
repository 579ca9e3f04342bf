package dev.firstboot.workload.postgresql;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Unit;
import dev.firstboot.image.UnixPath;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A need for a database and the role that owns it. The role logs in over TCP from the machine itself, with SCRAM and a password that each machine
 * generates: a secret of the recipe that asks, whose templates can use it. Immutable; each method returns a changed copy.
 *
 * @param name the database
 * @param owner the role that owns it, and may not connect to any other
 * @param password the secret that holds the role's password
 * @param connections how many connections it may hold at a time, at least 1
 * @param schema what to run in a database that has no tables yet
 * @param units the units that wait for the database at boot
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Database(
        String name, String owner, Secret password, int connections, Optional<Schema> schema, List<String> units)
        implements PostgresqlNeed {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9_]{0,51}[a-z0-9])?");
    private static final Set<String> TAKEN = Set.of(
            "postgres",
            "template0",
            "template1",
            "all",
            "replication",
            "sameuser",
            "samerole",
            "samegroup",
            "public",
            "none");
    private static final int PASSWORD_LENGTH = 40;

    public Database {
        checked("database", name);
        checked("database owner", owner);
        if (owner.startsWith("pg_")) {
            throw new IllegalArgumentException(
                    "database owner '" + owner + "' is not valid: names that begin with pg_ are PostgreSQL's own");
        }
        Objects.requireNonNull(password, "password");
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException(
                    connections + " connections to database " + name + " are not within 1 to 10000");
        }
        Objects.requireNonNull(schema, "schema");
        units = List.copyOf(Objects.requireNonNull(units, "units"));
        for (String unit : units) {
            Unit unused = Unit.named(unit);
        }
    }

    /**
     * SQL that creates tables.
     *
     * @param file the file on the machine, usually from a package
     * @param table a table that it creates; if it exists, the file is not run
     */
    public record Schema(UnixPath file, String table) {
        public Schema {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(table, "table");
        }
    }

    static Database of(String name) {
        return new Database(
                name, name, Secret.password("database-password", PASSWORD_LENGTH), 20, Optional.empty(), List.of());
    }

    /**
     * Sets the owner's name; defaults to the database's name.
     *
     * @throws IllegalArgumentException unless it is a letter, then up to 52 letters, digits and {@code _}, all in lower case, the last not {@code _}
     */
    public Database owner(String role) {
        return new Database(name, role, password, connections, schema, units);
    }

    /**
     * Sets the secret with the password; defaults to {@code database-password} with 40 letters and digits. A recipe with two databases needs two
     * secrets.
     */
    public Database password(Secret secret) {
        return new Database(name, owner, secret, connections, schema, units);
    }

    /** Sets the maximum number of connections at a time; defaults to 20. The server's limit is the sum of all, plus ten. */
    public Database connections(int atMost) {
        return new Database(name, owner, password, atMost, schema, units);
    }

    /** Runs an SQL file as the owner, in one transaction, unless the database already has this table. */
    public Database schema(String file, String table) {
        return new Database(
                name, owner, password, connections, Optional.of(new Schema(UnixPath.of(file), table)), units);
    }

    /** Makes these units wait for the database at boot. One that is already running when the database is created is restarted. */
    public Database usedBy(String... more) {
        return new Database(
                name,
                owner,
                password,
                connections,
                schema,
                Stream.concat(units.stream(), Stream.of(more)).distinct().toList());
    }

    /** Returns the name of the secret with the password, for templates of the recipe that asks. */
    public String secret() {
        return password.name();
    }

    /** Returns the unit that creates the database; a first-boot step of the recipe that asks can come {@code after} it. */
    public String unit() {
        return FirstBootStep.unit(PostgresqlRecipe.NAME, PostgresqlRecipe.step(this));
    }

    @Override
    public Postgresql service() {
        return Postgresql.SERVICE;
    }

    @Override
    public List<Secret> secrets() {
        return List.of(password);
    }

    private static void checked(String what, String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, what)).matches() || TAKEN.contains(name)) {
            throw new IllegalArgumentException(what + " '" + name
                    + "' is not valid: begin with a-z, then up to 52 of a-z, 0-9 and '_', not ending with '_'; not one of "
                    + TAKEN.stream().sorted().toList());
        }
    }
}
