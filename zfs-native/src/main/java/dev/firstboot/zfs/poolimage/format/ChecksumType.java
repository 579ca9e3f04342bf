package dev.firstboot.zfs.poolimage.format;

/** How the checksum of a block is computed: {@code enum zio_checksum}, as far as this writer uses it. */
public enum ChecksumType {
    /** {@code ZIO_CHECKSUM_FLETCHER_4}: what {@code checksum=on} means. */
    FLETCHER_4(7),
    /** {@code ZIO_CHECKSUM_SHA256}. */
    SHA256(8);

    private final int code;

    ChecksumType(int code) {
        this.code = code;
    }

    /** Returns the number on disk, in block pointers and in the {@code checksum} property. */
    public int code() {
        return code;
    }

    /** Returns the type for the number of a {@code checksum} property. */
    public static ChecksumType ofProperty(long number) {
        return number == SHA256.code ? SHA256 : FLETCHER_4;
    }

    /** Returns the checksum of the first {@code length} bytes, a multiple of 512. */
    public Checksum of(byte[] data, int length) {
        return this == SHA256 ? Checksum.sha256(data, 0, length) : Checksum.fletcher4(data, length);
    }
}
