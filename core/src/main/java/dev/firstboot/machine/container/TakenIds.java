package dev.firstboot.machine.container;

import dev.firstboot.internal.tool.UserCache;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.Janitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A machine's ids.
 *
 * @param block the ids, as the machine's realm numbers them
 * @param claim the directory that marks them as taken, once a {@linkplain Janitor janitor} has created it; null if an ordinary user's machines share
 *     them
 */
record TakenIds(IdBlock block, @Nullable Path claim) {

    /** Finds ids that no other machine has, for a janitor to claim. An ordinary user with only one block gets the same ids each time. */
    static TakenIds of(String machine, Realm realm) {
        SubordinateIds ids = realm.ids();
        if (ids == null) {
            IdBlock block = IdBlock.take(machine);
            return new TakenIds(block, block.claim());
        }
        if (ids.blocks() == 1) {
            return new TakenIds(SubordinateIds.block(0), null);
        }
        try {
            Path claims = Files.createDirectories(claims());
            // Not always the first free one: several machines may be looking at once.
            int first = ThreadLocalRandom.current().nextInt(ids.blocks());
            for (int i = 0; i < ids.blocks(); i++) {
                IdBlock block = SubordinateIds.block((first + i) % ids.blocks());
                Path claim = claims.resolve(Long.toString(block.base()));
                if (!Files.exists(claim)) {
                    return new TakenIds(block, claim);
                }
            }
        } catch (IOException e) {
            throw new MachineException(machine, "cannot take ids for its users: " + e.getMessage(), e);
        }
        throw new MachineException(
                machine,
                "all " + ids.blocks()
                        + " blocks of subordinate ids are taken by other machines; close one, or give the user"
                        + " more in /etc/subuid and /etc/subgid");
    }

    /** Returns a directory whose content is void after the host's next boot. */
    private static Path claims() throws IOException {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && runtime.startsWith("/") && Files.isWritable(Path.of(runtime))) {
            return Path.of(runtime, "firstboot", "ids");
        }
        return UserCache.directory().resolve("ids-" + BootId.text());
    }
}
