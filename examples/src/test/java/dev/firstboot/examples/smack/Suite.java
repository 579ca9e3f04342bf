package dev.firstboot.examples.smack;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.logging.Logger;

/**
 * Runs Smack's suite, in a JVM and on a class path of its own, where nothing else of this project's libraries is. The file {@code properties} in its working directory
 * tells the suite of the server. The argument is the file for outcomes. Ends with status 0 if all tests passed that are possible, and with 2 if some failed.
 */
final class Suite {
    private static final String FRAMEWORK = "org.igniterealtime.smack.inttest.SmackIntegrationTestFramework";

    /** Held here, since a logger that nobody holds forgets its handler. */
    private static final Logger LOGGER = Logger.getLogger(FRAMEWORK);

    private Suite() {}

    public static void main(String[] arguments) {
        LOGGER.addHandler(new SuiteLog(Path.of(arguments[0]), System.out));
        try {
            Method main = Class.forName(FRAMEWORK).getMethod("main", String[].class);
            main.invoke(null, (Object) new String[0]);
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            System.exit(1); // threads of connections would keep the JVM
        }
    }
}
