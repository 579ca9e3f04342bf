package dev.firstboot.bake.rootfs;

/**
 * What a package is made from.
 *
 * @param packageName the package
 * @param source the source package
 * @param version the source package's version
 */
record SourcePackage(String packageName, String source, String version) {
    /** As one line: three words. */
    String toLine() {
        return packageName + " " + source + " " + version;
    }
}
