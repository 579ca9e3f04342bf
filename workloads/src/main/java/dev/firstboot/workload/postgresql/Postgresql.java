package dev.firstboot.workload.postgresql;

import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Request;
import dev.firstboot.image.SharedService;
import java.util.List;

/**
 * One PostgreSQL server for all databases of a machine: PostgreSQL 17 on Debian 13, 15 on Debian 12. Each machine creates the cluster at its first
 * boot. The server listens on {@value #ADDRESS} and its Unix socket only. Thread-safe.
 */
public final class Postgresql implements SharedService<PostgresqlNeed> {
    /** The address on which the server listens. */
    public static final String ADDRESS = "127.0.0.1";

    /** The port on which it listens. */
    public static final int PORT = 5432;

    /** The service of all needs. */
    static final Postgresql SERVICE = new Postgresql();

    private Postgresql() {}

    /**
     * Returns a need for a database, by default with an owner of the same name, a password in the secret {@code database-password}, and up to 20
     * connections.
     *
     * @param name a letter, then up to 52 letters, digits and {@code _}, all in lower case, the last not {@code _}
     * @throws IllegalArgumentException for any other name, and for those of PostgreSQL's own databases
     */
    public static Database database(String name) {
        return Database.of(name);
    }

    /**
     * Returns a need for a server parameter. Two recipes that need different values are a problem of the image.
     *
     * @throws IllegalArgumentException if the parameter cannot exist, or if it decides who reaches the server
     */
    public static Parameter parameter(String name, String value) {
        return new Parameter(name, value);
    }

    @Override
    public Recipe recipe(Release release, List<Request<PostgresqlNeed>> requests) {
        return new PostgresqlRecipe(release, requests).recipe();
    }

    @Override
    public String toString() {
        return PostgresqlRecipe.NAME;
    }
}
