package dev.firstboot.internal.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells Jackson the conventions of this package, so that the records need no annotations. */
final class RecordConventions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> SCALARS = Set.of(String.class, long.class, int.class);

    @Override
    public @Nullable Boolean hasAsValue(Annotated annotated) {
        if (annotated instanceof AnnotatedMethod method
                && isScalar(method.getDeclaringClass())
                && method.getParameterCount() == 0
                && method.getName()
                        .equals(method.getDeclaringClass()
                                .getRecordComponents()[0]
                                .getName())) {
            return true;
        }
        return super.hasAsValue(annotated);
    }

    @Override
    public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedConstructor constructor
                && isScalar(constructor.getDeclaringClass())
                && constructor.getParameterCount() == 1) {
            return JsonCreator.Mode.DELEGATING;
        }
        return super.findCreatorAnnotation(config, annotated);
    }

    /**
     * Looks up an annotation. Which methods of this class and of Jackson's values do so changes between versions; that they all end here does not.
     */
    @Override
    protected <A extends Annotation> @Nullable A _findAnnotation(Annotated annotated, Class<A> type) {
        if (type == JsonTypeInfo.class
                && annotated instanceof AnnotatedClass
                && sealedParent(annotated.getRawType()) != null) {
            return Kinds.class.getAnnotation(type);
        }
        return super._findAnnotation(annotated, type);
    }

    /** Carries the annotation with which every sealed interface and its records are read and written. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kinds {}

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        Class<?> type = annotated.getRawType();
        if (!type.isSealed()) {
            return super.findSubtypes(annotated);
        }
        return Arrays.stream(type.getPermittedSubclasses())
                .map(subtype -> new NamedType(subtype, kind(subtype)))
                .toList();
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
        return sealedParent(annotated.getRawType()) != null
                        && annotated.getRawType().isRecord()
                ? kind(annotated.getRawType())
                : super.findTypeName(annotated);
    }

    /** Returns the kinds of a sealed interface's records; empty for any other type. */
    static List<String> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(RecordConventions::kind)
                        .toList()
                : List.of();
    }

    private static String kind(Class<?> type) {
        Kind kind = type.getAnnotation(Kind.class);
        if (kind == null) {
            throw new IllegalStateException(type + " has no @Kind, by which JSON would know it");
        }
        return kind.value();
    }

    private static @Nullable Class<?> sealedParent(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
                .filter(candidate -> candidate.isSealed() && candidate.isInterface())
                .findFirst()
                .orElse(null);
    }

    /** Returns whether a type is a record with one scalar, and so that scalar in JSON. */
    static boolean isScalar(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && components.length == 1
                && SCALARS.contains(components[0].getType())
                && sealedParent(type) == null;
    }
}
