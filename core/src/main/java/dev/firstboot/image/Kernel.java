package dev.firstboot.image;

/** Which Debian kernel an image uses. */
public enum Kernel {
    /** For virtual machines: small, with the drivers of hypervisors only. */
    CLOUD("linux-image-cloud-amd64", "linux-headers-cloud-amd64"),
    /** For any hardware. */
    GENERIC("linux-image-amd64", "linux-headers-amd64");

    private final String image;
    private final String headers;

    Kernel(String image, String headers) {
        this.image = image;
        this.headers = headers;
    }

    /** Returns the metapackage that depends on the current kernel of this kind. */
    public PackageName imagePackage() {
        return PackageName.of(image);
    }

    /** Returns the metapackage that depends on the headers of the current kernel of this kind. */
    public PackageName headersPackage() {
        return PackageName.of(headers);
    }
}
