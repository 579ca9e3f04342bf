package dev.firstboot.zfs.internal.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.house.ModulePath;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ModulePathTest {
    /** Without {@code opens} and ASM in the descriptor, jnr-ffi falls back to a reflective proxy and says nothing. */
    @Test
    void binding_onTheModulePath_isCompiledNotReflective() throws Exception {
        ModuleLayer layer = ModulePath.layerOf(LibZfsCore.class);
        ClassLoader loader = layer.findLoader("dev.firstboot.zfs");
        Class<?> binding = loader.loadClass(LibZfsCore.class.getName());
        Class<?> libraryLoader = loader.loadClass("jnr.ffi.LibraryLoader");

        Method create = libraryLoader.getMethod("create", Class.class);
        Method load = libraryLoader.getMethod("load", String.class);
        Object bound = load.invoke(create.invoke(null, binding), "c");

        assertThat(binding.getModule().isNamed()).isTrue();
        assertThat(bound).isInstanceOf(binding);
        assertThat(Proxy.isProxyClass(bound.getClass())).isFalse();
    }
}
