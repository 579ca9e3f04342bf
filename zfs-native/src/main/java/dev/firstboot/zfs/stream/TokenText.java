package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.internal.checksum.Fletcher4;
import dev.firstboot.zfs.nvlist.MalformedNvListException;
import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The text of a resume token, as {@code zfs_send_resume_token_to_nvlist} of libzfs reads it: {@code version-checksum-length-payload}. The payload is a packed
 * list, compressed with zlib, in hexadecimal. The length is that of the packed list; the checksum is the first word of the Fletcher-4 of the compressed list.
 */
final class TokenText {
    private static final int VERSION = 1;

    /** The most characters that are read. A property of ZFS has at most 8 KiB, so a much longer text is not a token. */
    private static final int LONGEST = 1 << 16;

    private static final int LARGEST_PACKED = 1 << 20;
    private static final int LEVEL = 6;
    private static final Pattern PARTS = Pattern.compile(
            "(?<version>\\d{1,9})-(?<sum>\\p{XDigit}{1,16})-(?<length>\\p{XDigit}{1,7})-(?<payload>\\p{XDigit}*)");

    private TokenText() {}

    static NvList decode(String text) {
        if (text.length() > LONGEST) {
            throw new MalformedTokenException("it has " + text.length() + " characters, more than " + LONGEST);
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new MalformedTokenException(
                    "it should be four parts, version-checksum-length-payload, in decimal and then hexadecimal");
        }
        if (Integer.parseInt(parts.group("version")) != VERSION) {
            throw new MalformedTokenException("its version is " + parts.group("version") + ", not " + VERSION);
        }
        String payload = parts.group("payload");
        if (payload.length() % 2 != 0) {
            throw new MalformedTokenException("half of its last byte is missing");
        }
        byte[] compressed = HexFormat.of().parseHex(payload);
        if (checksum(compressed) != Long.parseUnsignedLong(parts.group("sum"), 16)) {
            throw new MalformedTokenException("its checksum is wrong: it was cut or changed");
        }
        try {
            return NvList.decode(inflate(compressed, Integer.parseInt(parts.group("length"), 16)));
        } catch (MalformedNvListException e) {
            throw new MalformedTokenException("what it holds cannot be read: " + e.getMessage(), e);
        }
    }

    static String encode(NvList contents) {
        return encode(contents.encode(NvEncoding.NATIVE));
    }

    static String encode(byte[] packed) {
        byte[] compressed = deflate(packed);
        return String.format(
                "%d-%x-%x-%s",
                VERSION, checksum(compressed), packed.length, HexFormat.of().formatHex(compressed));
    }

    private static long checksum(byte[] compressed) {
        Fletcher4 sum = new Fletcher4(ByteOrder.LITTLE_ENDIAN);
        sum.update(compressed, 0, compressed.length);
        return sum.words().a();
    }

    private static byte[] inflate(byte[] compressed, int length) {
        if (length > LARGEST_PACKED) {
            throw new MalformedTokenException(
                    "it says that it holds " + length + " bytes, more than " + LARGEST_PACKED);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            byte[] packed = new byte[length];
            int size = 0;
            int read = -1;
            while (size < length && read != 0) {
                read = inflater.inflate(packed, size, length - size);
                size += read;
            }
            if (size != length || inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw new MalformedTokenException("it does not hold the " + length + " bytes that it says");
            }
            return packed;
        } catch (DataFormatException e) {
            throw new MalformedTokenException("it cannot be decompressed", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflate(byte[] packed) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(packed);
            deflater.finish();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            byte[] buffer = new byte[512];
            while (!deflater.finished()) {
                compressed.write(buffer, 0, deflater.deflate(buffer));
            }
            return compressed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
