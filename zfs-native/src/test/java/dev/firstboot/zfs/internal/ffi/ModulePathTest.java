package dev.firstboot.zfs.internal.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.house.ModulePath;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class ModulePathTest {
    /** The class that jnr-ffi writes for a binding must see the interface: that is what {@code opens} is for. */
    @Test
    void binding_onTheModulePath_isBoundByJnr() throws Exception {
        ModuleLayer layer = ModulePath.layerOf(LibZfsCore.class);
        ClassLoader loader = layer.findLoader("dev.firstboot.zfs");
        Class<?> binding = loader.loadClass(LibZfsCore.class.getName());
        Class<?> libraryLoader = loader.loadClass("jnr.ffi.LibraryLoader");

        Method create = libraryLoader.getMethod("create", Class.class);
        Method load = libraryLoader.getMethod("load", String.class);
        Object bound = load.invoke(create.invoke(null, binding), "c");

        assertThat(binding.getModule().isNamed()).isTrue();
        assertThat(bound).isInstanceOf(binding);
    }
}
