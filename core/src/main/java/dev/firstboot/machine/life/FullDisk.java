package dev.firstboot.machine.life;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages for a full disk. */
public final class FullDisk {
    private static final String NO_SPACE = "No space left on device";

    /** Less free space than this counts as full. */
    private static final ByteSize LEAST = ByteSize.mebibytes(1);

    private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

    private FullDisk() {}

    /** Returns whether the disk of this path is full. */
    public static boolean isFull(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < LEAST.bytes();
        } catch (IOException e) {
            LOG.debug("cannot tell how much room is in {}: {}", place, e.toString());
            return false;
        }
    }

    /** Returns what to do about it. */
    public static String wayOut(Path place, String setter) {
        return "The disk that " + place + " is on is full: make room there, or choose another " + setter;
    }

    /** Returns the message of a tool or file, shortened and with advice if the disk is full: tar repeats the error for each of its files. */
    public static String orSaid(Throwable failure, Path place, String setter) {
        String said = HostTools.said(failure);
        boolean tool = failure instanceof ToolException;
        return !said.contains(NO_SPACE) ? said : (tool ? NO_SPACE : said) + ". " + wayOut(place, setter);
    }
}
