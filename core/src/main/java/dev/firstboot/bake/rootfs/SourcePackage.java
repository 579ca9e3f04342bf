package dev.firstboot.bake.rootfs;

/**
 * The source package of a package.
 *
 * @param packageName the package
 * @param source the source package
 * @param version the source package's version
 */
record SourcePackage(String packageName, String source, String version) {
    /** Returns one line: three words. */
    String toLine() {
        return packageName + " " + source + " " + version;
    }
}
