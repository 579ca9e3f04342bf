package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.PackageName;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.plan.PackageChoice;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates apt's errors into what a person should do. */
final class AptProblems {
    private static final Pattern UNKNOWN = Pattern.compile("E: (?:Unable to locate package (\\S+)"
            + "|Package '?([^' ]+)'? has no installation candidate"
            + "|Couldn't find any package by (?:glob|regex) '([^']+)')");
    private static final Pattern SIGNATURE = Pattern.compile(
            "NO_PUBKEY|BADSIG|EXPKEYSIG|REVKEYSIG|invalid signature|couldn't be verified|Hash Sum mismatch");
    /** The server returned something that is not a signed file: usually an HTML page. */
    private static final Pattern OTHER_FILE = Pattern.compile("igned file isn't valid|Splitting up .* failed");
    /** Also printed when the server returned nothing at all, so it counts only if nothing else explains the failure. */
    private static final Pattern UNSIGNED = Pattern.compile("is not signed");

    private static final Pattern NETWORK = Pattern.compile(
            "Temporary failure resolving|Could not resolve|Could not connect|Connection refused|Network is unreachable|Cannot initiate the connection"
                    + "|onnection timed out|No route to host|onnection failed|Unable to connect");
    private static final Pattern NO_ARCHIVE = Pattern.compile(
            "does not have a Release file|no longer has a Release file|Failed to fetch \\S+/InRelease +[45]\\d\\d ");
    private static final Pattern GONE = Pattern.compile("404 +Not Found|Version '[^']*' for '[^']+' was not found");
    private static final Pattern CONFLICT =
            Pattern.compile("unmet dependencies|held broken packages|Unable to correct problems");

    private static final String ADDRESS =
            "correct the address, which is what stands before /dists/: that of Bakery.builder().mirror(...) or securityMirror(...),"
                    + " of a package source, or of the host's own apt";

    private AptProblems() {}

    /** Returns what to throw instead of {@code failure}: a step's exception if the cause is known, else {@code failure} itself. */
    static RuntimeException explain(ToolException failure, PackageChoice choice, HostSettings host) {
        return cause(failure.tail(), choice, host)
                .<RuntimeException>map(known -> known)
                .orElse(failure);
    }

    /** Returns the cause according to apt's last lines; empty if it is not known. */
    static Optional<StepException> cause(List<String> tail, PackageChoice choice, HostSettings host) {
        for (String line : tail) {
            Matcher unknown = UNKNOWN.matcher(line);
            if (unknown.find() && !isPinned(name(unknown), host)) {
                return Optional.of(unknown(name(unknown), choice, tail));
            }
        }
        if (any(tail, SIGNATURE)) {
            return Optional.of(notSigned(SIGNATURE, tail));
        } else if (any(tail, NETWORK)) {
            return Optional.of(new StepException(
                    "a package archive cannot be reached: " + line(tail, NETWORK),
                    "see that this host has a network, or name a mirror or proxy that it can reach with Bakery.builder()",
                    tail));
        } else if (any(tail, OTHER_FILE)) {
            return Optional.of(new StepException(
                    "what is at an address is no archive of Debian, but something else: " + line(tail, OTHER_FILE),
                    ADDRESS
                            + "; where it is right, see what answers there, such as a proxy's or network's page to log in",
                    tail));
        } else if (any(tail, NO_ARCHIVE)) {
            return Optional.of(new StepException(
                    "there is no archive of Debian at an address: " + line(tail, NO_ARCHIVE), ADDRESS, tail));
        } else if (any(tail, UNSIGNED)) {
            return Optional.of(notSigned(UNSIGNED, tail));
        } else if (any(tail, GONE) || any(tail, UNKNOWN)) {
            return Optional.of(new StepException(
                    "the archive has moved on and no longer has a package: "
                            + line(tail, any(tail, GONE) ? GONE : UNKNOWN),
                    wayOut(host),
                    tail));
        } else if (any(tail, CONFLICT)) {
            return Optional.of(new StepException(
                    "these packages cannot be installed together on " + choice.release(),
                    "see apt's words for which ones stand in each other's way"
                            + (choice.backports().isEmpty()
                                    ? ""
                                    : "; what a backport needs newer is named as a backport as well"),
                    tail));
        }
        return Optional.empty();
    }

    private static StepException notSigned(Pattern words, List<String> tail) {
        return new StepException(
                "a package archive is not what its key has signed: " + line(tail, words),
                "nothing is installed from an archive that cannot be checked; name another with Bakery.builder().mirror(...),"
                        + " or see that debian-archive-keyring and the key of each package source are up to date",
                tail);
    }

    /** Returns what to do about versions that an archive no longer has. */
    static String wayOut(HostSettings host) {
        return host.pinned()
                .map(pinned ->
                        "name archives that still have them with Bakery.builder().mirror(...) and securityMirror(...): "
                                + "https://snapshot.debian.org keeps every day"
                                + pinned.at().map(date -> ", also " + date).orElse("")
                                + "; or let versions be chosen anew, without packagesOf(...)")
                .orElse("ask anew: bake with Bakery.builder().refreshPackages() to take the current versions");
    }

    private static boolean isPinned(String name, HostSettings host) {
        return host.pinned().map(pinned -> pinned.byName().containsKey(name)).orElse(false);
    }

    private static StepException unknown(String name, PackageChoice choice, List<String> tail) {
        Optional<String> asked = choice.recipes().stream()
                .filter(recipe ->
                        recipe.packages().stream().map(PackageName::value).anyMatch(name::equals))
                .map(PackageChoice.OfRecipe::recipe)
                .findFirst();
        return new StepException(
                choice.release() + " has no package '" + name + "'"
                        + asked.map(recipe -> ", which workload '" + recipe + "' asks for")
                                .orElse(""),
                "correct the name, choose another release, or add the package source that has it to the recipe",
                tail);
    }

    private static String name(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    private static boolean any(List<String> tail, Pattern pattern) {
        return tail.stream().anyMatch(line -> pattern.matcher(line).find());
    }

    private static String line(List<String> tail, Pattern pattern) {
        return tail.stream()
                .filter(line -> pattern.matcher(line).find())
                .findFirst()
                .orElse("")
                .replaceFirst("^[EW]: ", "");
    }
}
