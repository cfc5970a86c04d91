namespace Actors.Server.Storage;

/// <summary>The data directory cannot be used.</summary>
public sealed class DataDirectoryException(string message, string whatToDo) : Exception(message)
{
    public string WhatToDo => whatToDo;
}
