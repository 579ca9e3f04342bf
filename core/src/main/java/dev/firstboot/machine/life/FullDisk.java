package dev.firstboot.machine.life;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to say when there is no room for what is written. */
public final class FullDisk {
    private static final String NO_SPACE = "No space left on device";

    /** Less room than this is none. */
    private static final ByteSize LEAST = ByteSize.mebibytes(1);

    private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

    private FullDisk() {}

    /** Whether the disk that this is on has no room. */
    public static boolean isFull(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < LEAST.bytes();
        } catch (IOException e) {
            LOG.debug("cannot tell how much room is in {}: {}", place, e.toString());
            return false;
        }
    }

    /** The way out. */
    public static String wayOut(Path place, String setter) {
        return "The disk that " + place + " is on is full: make room there, or choose another " + setter;
    }

    /** What a tool or file said, but the way out where it says that there is no room: an archive's program says so once for each of its files. */
    public static String orSaid(Throwable failure, Path place, String setter) {
        String said = HostTools.said(failure);
        boolean tool = failure instanceof ToolException;
        return !said.contains(NO_SPACE) ? said : (tool ? NO_SPACE : said) + ". " + wayOut(place, setter);
    }
}
