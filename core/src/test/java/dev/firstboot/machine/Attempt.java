package dev.firstboot.machine;

import dev.firstboot.FirstbootException;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.container.PrivateNetwork;
import dev.firstboot.machine.container.RootfsBoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** In a child JVM, whose privileges may be fewer: tries something and prints what comes of it. */
public final class Attempt {
    private Attempt() {}

    /** In the child. */
    public static void main(String[] args) throws IOException {
        try {
            switch (args[0]) {
                case "container" -> RootfsBoot.builder(Path.of(args[1])).start().close();
                case "network" -> PrivateNetwork.create().close();
                default -> throw new IllegalArgumentException(args[0]);
            }
            System.out.println("done");
        } catch (FirstbootException e) {
            System.out.println(e.getMessage());
        }
    }

    /** What this came to when it was started by {@code limiter}, whose last argument is the program to run. */
    public static String of(List<String> limiter, String what, Path argument) {
        return Tool.of(limiter.get(0), "util-linux")
                .run()
                .addAll(limiter.subList(1, limiter.size()))
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-cp")
                .add(System.getProperty("java.class.path"), Attempt.class.getName(), what, argument.toString())
                .text();
    }
}
