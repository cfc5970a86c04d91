namespace Actors.Testing;

internal static class Placeholder;
